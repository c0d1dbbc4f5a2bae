"""Playlists and manifests of a stream's rows, as pure functions over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from antenne.catalog.models import Caption
from antenne.ffmpeg import dash, hls
from antenne.pipeline.models import Chunk, Rendition
from antenne.pipeline.states import RenditionState

INIT_NAME = "init.mp4"
PLAYLIST_NAME = "index.m3u8"
IFRAMES_NAME = "iframes.m3u8"


@dataclass(frozen=True, slots=True)
class Shown:
    """A rendition with the chunks that can be watched without a hole.

    `made_ticks` counts the chunks behind a hole too.
    """

    rendition: Rendition
    chunks: tuple[Chunk, ...]
    made_ticks: int = 0

    @property
    def ended(self) -> bool:
        """Say whether nothing will follow."""
        return self.rendition.state == RenditionState.ENDED

    @property
    def ticks(self) -> int:
        """Return how much can be watched, in ticks of the rendition."""
        return sum(chunk.duration_ticks for chunk in self.chunks)

    @property
    def watchable_ms(self) -> int:
        """Return how much can be watched."""
        return round(self.ticks * 1000 / (self.rendition.timescale or 1))

    @property
    def made_ms(self) -> int:
        """Return how much was made, what stands behind a hole included."""
        return round(self.made_ticks * 1000 / (self.rendition.timescale or 1))

    def segments(self, folder: str = "") -> tuple[hls.MediaSegment, ...]:
        """Return the segments, addressed from *folder*."""
        scale = self.rendition.timescale
        return tuple(
            hls.MediaSegment(
                uri=f"{folder}{chunk.object_name}",
                offset_bytes=offset,
                size_bytes=size,
                duration_s=Fraction(duration, scale),
                key_bytes=key_bytes,
            )
            for chunk in self.chunks
            for offset, size, _start, duration, key_bytes in chunk.segments
        )


def without_holes(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Return the chunks from the first on, up to the first that is missing."""
    ordered = sorted(chunks, key=lambda chunk: chunk.index)
    return tuple(chunk for place, chunk in enumerate(ordered) if chunk.index == place)


def media_playlist_of(shown: Shown, *, target_duration_s: int) -> str:
    """Return the HLS playlist of one rendition."""
    return hls.media_playlist(_playlist(shown, target_duration_s))


def iframe_playlist_of(shown: Shown, *, target_duration_s: int) -> str:
    """Return the HLS playlist of the key frames of one finished rendition."""
    return hls.iframe_playlist(_playlist(shown, target_duration_s))


def _playlist(shown: Shown, target_duration_s: int) -> hls.MediaPlaylist:
    return hls.MediaPlaylist(
        init_uri=INIT_NAME,
        segments=shown.segments(),
        target_duration_s=target_duration_s,
        ended=shown.ended,
    )


def master_of(
    videos: Sequence[Shown], audios: Sequence[Shown], captions: Sequence[Caption], *, ended: bool
) -> str:
    """Return the HLS master playlist; key-frame and caption playlists stand in finished ones."""
    return hls.master_playlist(
        [_hls_video(shown, with_iframes=ended) for shown in videos],
        [_hls_audio(shown, first=place == 0) for place, shown in enumerate(audios)],
        [
            hls.SubtitleRendition(
                uri=f"../{caption.path.removesuffix('.vtt')}.m3u8",
                name=caption.label,
                language=caption.language,
            )
            for caption in (captions if ended else ())
        ],
    )


def _rates(shown: Shown) -> tuple[int, int]:
    """Return peak and average: measured once ended, the cap of the encoder while it grows."""
    peak_bps, average_bps = hls.segment_rates(shown.segments())
    if shown.ended:
        return peak_bps, average_bps
    return max(peak_bps, shown.rendition.cap_bps), max(average_bps, 1)


def _hls_video(shown: Shown, *, with_iframes: bool) -> hls.VideoRendition:
    rendition = shown.rendition
    peak_bps, average_bps = _rates(shown)
    iframe_peak_bps, iframe_average_bps = hls.iframe_rates(shown.segments())
    return hls.VideoRendition(
        uri=f"{rendition.name}/{PLAYLIST_NAME}",
        codec=rendition.codec,
        width_px=rendition.width_px,
        height_px=rendition.height_px,
        fps=Fraction(rendition.frame_rate),
        peak_bps=peak_bps,
        average_bps=average_bps,
        iframe_uri=f"{rendition.name}/{IFRAMES_NAME}" if with_iframes else "",
        iframe_peak_bps=iframe_peak_bps,
        iframe_average_bps=iframe_average_bps,
    )


def _hls_audio(shown: Shown, *, first: bool) -> hls.AudioRendition:
    rendition = shown.rendition
    peak_bps, average_bps = _rates(shown)
    return hls.AudioRendition(
        uri=f"{rendition.name}/{PLAYLIST_NAME}",
        codec=rendition.codec,
        name=rendition.label,
        language=rendition.language,
        channels=rendition.channels,
        default=first,
        peak_bps=peak_bps,
        average_bps=average_bps,
    )


def manifest_of(
    videos: Sequence[Shown], audios: Sequence[Shown], captions: Sequence[Caption], duration_ms: int
) -> str:
    """Return the DASH manifest of a finished stream."""
    return dash.manifest(
        Fraction(duration_ms, 1000),
        [
            dash.DashVideo(
                track=_dash_track(shown),
                width_px=shown.rendition.width_px,
                height_px=shown.rendition.height_px,
                fps=Fraction(shown.rendition.frame_rate),
            )
            for shown in videos
        ],
        [
            dash.DashAudio(
                track=_dash_track(shown),
                language=shown.rendition.language,
                label=shown.rendition.label,
                channels=shown.rendition.channels,
                sample_rate_hz=shown.rendition.timescale,
                default=place == 0,
            )
            for place, shown in enumerate(audios)
        ],
        [
            dash.DashText(uri=f"../{caption.path}", language=caption.language, label=caption.label)
            for caption in captions
        ],
    )


def _dash_track(shown: Shown) -> dash.DashTrack:
    folder = f"{shown.rendition.name}/"
    return dash.DashTrack(
        name=shown.rendition.name,
        codec=shown.rendition.codec,
        init_uri=f"{folder}{INIT_NAME}",
        timescale=shown.rendition.timescale,
        segments=shown.segments(folder),
    )
