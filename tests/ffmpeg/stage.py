"""Run the commands of antenne.ffmpeg as the pipeline does and lay out what comes, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from antenne.ffmpeg.cmaf import Fragment, Init, Segment, Track, segments_group
from antenne.ffmpeg.command import Source
from antenne.ffmpeg.hls import (
    AudioRendition,
    MediaPlaylist,
    MediaSegment,
    VideoRendition,
    iframe_playlist,
    iframe_rates,
    master_playlist,
    media_playlist,
    segment_rates,
)
from antenne.ffmpeg.probe import source_probe
from antenne.processes.runner import Sandbox, stream
from tests.ffmpeg.signals import LIMITS

TARGET_S = 10


@dataclass(frozen=True)
class Made:
    """One track as it was read from its pipe."""

    init: Init
    fragments: tuple[Fragment, ...]


def source_open(path: Path) -> Source:
    """Probe a clip that lies in a folder of its own."""
    return Source(path, source_probe(path, folder=path.parent))


def tracks_make(argv: Sequence[str], outputs: int, source: Source) -> list[Made]:
    """Run *argv* and read all its pipes to the end at the same time."""
    sandbox = Sandbox(source.path.parent)
    with (
        stream(argv, sandbox=sandbox, limits=LIMITS, outputs=outputs) as running,
        ThreadPoolExecutor(outputs) as pool,
    ):
        made = list(pool.map(_made, running.pipes))
        running.wait()
    return made


def _made(pipe: BinaryIO) -> Made:
    track = Track(pipe)
    return Made(track.init, tuple(track))


def rendition_write(folder: Path, name: str, made: Made, *, ended: bool = True) -> MediaPlaylist:
    """Write one track as initialisation, one chunk object, playlist and key-frame playlist."""
    scale = made.init.timescale
    goal, most = 4 * scale, TARGET_S * scale
    segments = list(segments_group(made.fragments, goal_ticks=goal, most_ticks=most))
    (folder / f"{name}-init.mp4").write_bytes(made.init.data)
    (folder / f"{name}-0.m4s").write_bytes(b"".join(segment.data for segment in segments))
    listed = segments_list(f"{name}-0.m4s", segments, scale)
    playlist = MediaPlaylist(f"{name}-init.mp4", listed, TARGET_S, ended=ended)
    (folder / f"{name}.m3u8").write_text(media_playlist(playlist))
    if made.init.kind == "video":
        (folder / f"{name}-keys.m3u8").write_text(iframe_playlist(playlist))
    return playlist


def segments_list(
    uri: str, segments: Sequence[Segment], timescale: int
) -> tuple[MediaSegment, ...]:
    """Return the entries of segments that lie one after the other in one object."""
    listed, offset = [], 0
    for segment in segments:
        length = Fraction(segment.duration_ticks, timescale)
        listed.append(MediaSegment(uri, offset, segment.size_bytes, length, segment.key_bytes))
        offset += len(segment.data)
    return tuple(listed)


def hls_write(folder: Path, videos: Sequence[Made], audios: Sequence[Made], fps: Fraction) -> Path:
    """Write a whole HLS presentation and return its master playlist."""
    pictures, sounds = [], []
    for n, made in enumerate(videos):
        segments = rendition_write(folder, f"v{n}", made).segments
        size = (made.init.width_px, made.init.height_px)
        rates, keys = segment_rates(segments), iframe_rates(segments)
        pictures.append(
            VideoRendition(
                f"v{n}.m3u8", made.init.codec, *size, fps, *rates, f"v{n}-keys.m3u8", *keys
            )
        )
    for n, made in enumerate(audios):
        rates = segment_rates(rendition_write(folder, f"a{n}", made).segments)
        head = (f"a{n}.m3u8", made.init.codec, f"Sound {n}", "", made.init.channels, n == 0)
        sounds.append(AudioRendition(*head, *rates))
    master = folder / "master.m3u8"
    master.write_text(master_playlist(pictures, sounds))
    return master
