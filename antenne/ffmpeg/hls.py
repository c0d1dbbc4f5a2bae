"""Write HLS playlists (RFC 8216, version 7) from what is known of the renditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from antenne.ffmpeg.charsets import is_shown

_VERSION = 7
_AUDIO_GROUP = "sound"
_SUBTITLE_GROUP = "text"


@dataclass(frozen=True)
class MediaSegment:
    """One segment: where it lies in which object, and the length of its first key frame's part."""

    uri: str
    offset_bytes: int
    size_bytes: int
    duration_s: Fraction
    key_bytes: int = 0


@dataclass(frozen=True)
class MediaPlaylist:
    """One rendition so far; *target_duration_s* may never change once it was published."""

    init_uri: str
    segments: tuple[MediaSegment, ...]
    target_duration_s: int
    ended: bool


@dataclass(frozen=True)
class VideoRendition:
    """One rung in the master playlist; rates in bits per second, of the picture alone."""

    uri: str
    codec: str
    width_px: int
    height_px: int
    fps: Fraction
    peak_bps: int
    average_bps: int
    iframe_uri: str = ""
    iframe_peak_bps: int = 0
    iframe_average_bps: int = 0


@dataclass(frozen=True)
class AudioRendition:
    """One sound track in the master playlist; *language* is a BCP 47 tag or empty."""

    uri: str
    codec: str
    name: str
    language: str
    channels: int
    default: bool
    peak_bps: int
    average_bps: int


@dataclass(frozen=True)
class SubtitleRendition:
    """One track of captions in the master playlist; *language* is a BCP 47 tag or empty."""

    uri: str
    name: str
    language: str


def media_playlist(playlist: MediaPlaylist) -> str:
    """Return the playlist of one rendition: EVENT while it grows, VOD once it has ended.

    Raises ValueError when a segment is longer than the target duration allows.
    """
    kind = "VOD" if playlist.ended else "EVENT"
    lines = [
        *_head(playlist.target_duration_s, kind),
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    if not playlist.ended:
        # Without it players would join a growing playlist near its end.
        lines.append("#EXT-X-START:TIME-OFFSET=0,PRECISE=YES")
    lines.append(f'#EXT-X-MAP:URI="{_quoted(playlist.init_uri)}"')
    for segment in playlist.segments:
        _length_check(segment, playlist.target_duration_s)
        lines += _segment(segment, segment.size_bytes, segment.duration_s)
    return _text(lines, ended=playlist.ended)


def iframe_playlist(playlist: MediaPlaylist) -> str:
    """Return the playlist of the key frames of one finished rendition, for seeking by picture."""
    lines = [*_head(playlist.target_duration_s, "VOD"), "#EXT-X-I-FRAMES-ONLY"]
    lines.append(f'#EXT-X-MAP:URI="{_quoted(playlist.init_uri)}"')
    for segment in playlist.segments:
        lines += _segment(segment, segment.key_bytes, segment.duration_s)
    return _text(lines, ended=True)


def subtitle_playlist(uri: str, duration_s: Fraction) -> str:
    """Return the playlist of one WebVTT file that covers the whole duration."""
    target = max(1, -(-duration_s.numerator // duration_s.denominator))
    lines = [*_head(target, "VOD"), f"#EXTINF:{_seconds(duration_s)},", _line(uri)]
    return _text(lines, ended=True)


def master_playlist(
    videos: Sequence[VideoRendition],
    audios: Sequence[AudioRendition] = (),
    subtitles: Sequence[SubtitleRendition] = (),
) -> str:
    """Return the master playlist; without *videos* the sound itself is the stream.

    The first variant is the one players start with. Variants count the costliest sound track.
    """
    if not videos and not audios:
        raise ValueError("a master playlist needs a rendition")
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{_VERSION}", "#EXT-X-INDEPENDENT-SEGMENTS"]
    alternate = bool(audios) and (bool(videos) or len(audios) > 1)
    ordered = sorted(audios, key=lambda audio: not audio.default)
    if alternate:
        names = _distinct([audio.name for audio in ordered])
        pairs = enumerate(zip(ordered, names, strict=True))
        lines += [_audio_media(audio, name, first=n == 0) for n, (audio, name) in pairs]
    names = _distinct([subtitle.name for subtitle in subtitles])
    lines += [_subtitle_media(each, name) for each, name in zip(subtitles, names, strict=True)]
    groups = f',AUDIO="{_AUDIO_GROUP}"' if alternate else ""
    groups += f',SUBTITLES="{_SUBTITLE_GROUP}"' if subtitles else ""
    for video in videos:
        lines += _variant(video, ordered, groups)
    if not videos:
        lines += _sound_variant(ordered, groups)
    lines += [_iframe_variant(video) for video in videos if video.iframe_uri]
    return _text(lines, ended=False)


def rates_measure(sizes: Iterable[tuple[int, Fraction]]) -> tuple[int, int]:
    """Return peak and average in bits per second of segments given as (bytes, seconds)."""
    known = [(size, length) for size, length in sizes if length > 0]
    if not known:
        return 0, 0
    # A last segment of a few frames is no peak: a player never needs that rate for long.
    steady = [pair for pair in known if pair[1] >= 1] or known
    peak = max(8 * size / length for size, length in steady)
    total = sum((length for _, length in known), Fraction(0))
    average = 8 * sum(size for size, _ in known) / total
    return max(round(peak), round(average)), round(average)


def segment_rates(segments: Sequence[MediaSegment]) -> tuple[int, int]:
    """Return peak and average in bits per second of a rendition's segments."""
    return rates_measure((segment.size_bytes, segment.duration_s) for segment in segments)


def iframe_rates(segments: Sequence[MediaSegment]) -> tuple[int, int]:
    """Return peak and average in bits per second of a rendition's key frames alone."""
    return rates_measure((segment.key_bytes, segment.duration_s) for segment in segments)


def _head(target_duration_s: int, kind: str) -> list[str]:
    return [
        "#EXTM3U",
        f"#EXT-X-VERSION:{_VERSION}",
        f"#EXT-X-TARGETDURATION:{target_duration_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        f"#EXT-X-PLAYLIST-TYPE:{kind}",
    ]


def _segment(segment: MediaSegment, size_bytes: int, duration_s: Fraction) -> list[str]:
    return [
        f"#EXTINF:{_seconds(duration_s)},",
        f"#EXT-X-BYTERANGE:{size_bytes}@{segment.offset_bytes}",
        _line(segment.uri),
    ]


def _length_check(segment: MediaSegment, target_duration_s: int) -> None:
    if int(segment.duration_s + Fraction(1, 2)) > target_duration_s:
        raise ValueError(f"a segment of {float(segment.duration_s)} s exceeds the target duration")


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names no two of which are equal, which a group of a master playlist requires."""
    distinct: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in distinct:
            number += 1
            candidate = f"{name} ({number})"
        distinct.append(candidate)
    return distinct


def _audio_media(audio: AudioRendition, name: str, *, first: bool) -> str:
    language = f',LANGUAGE="{_quoted(audio.language)}"' if audio.language else ""
    return (
        f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{_AUDIO_GROUP}",NAME="{_quoted(name)}"{language}'
        f",DEFAULT={'YES' if first else 'NO'},AUTOSELECT=YES"
        f',CHANNELS="{audio.channels}",URI="{_quoted(audio.uri)}"'
    )


def _subtitle_media(subtitle: SubtitleRendition, name: str) -> str:
    language = f',LANGUAGE="{_quoted(subtitle.language)}"' if subtitle.language else ""
    return (
        f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="{_SUBTITLE_GROUP}"'
        f',NAME="{_quoted(name)}"{language}'
        f',DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="{_quoted(subtitle.uri)}"'
    )


def _variant(video: VideoRendition, audios: Sequence[AudioRendition], groups: str) -> list[str]:
    codecs = ",".join(dict.fromkeys([video.codec, *(audio.codec for audio in audios)]))
    peak = video.peak_bps + max((audio.peak_bps for audio in audios), default=0)
    average = video.average_bps + max((audio.average_bps for audio in audios), default=0)
    return [
        f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{codecs}"'
        f",RESOLUTION={video.width_px}x{video.height_px}"
        f",FRAME-RATE={float(video.fps):.3f}{groups}",
        _line(video.uri),
    ]


def _sound_variant(audios: Sequence[AudioRendition], groups: str) -> list[str]:
    codecs = ",".join(dict.fromkeys(audio.codec for audio in audios))
    peak = max(audio.peak_bps for audio in audios)
    average = max(audio.average_bps for audio in audios)
    return [
        f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{codecs}"{groups}',
        _line(audios[0].uri),
    ]


def _iframe_variant(video: VideoRendition) -> str:
    return (
        f"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={video.iframe_peak_bps}"
        f',AVERAGE-BANDWIDTH={video.iframe_average_bps},CODECS="{video.codec}"'
        f',RESOLUTION={video.width_px}x{video.height_px},URI="{_quoted(video.iframe_uri)}"'
    )


def _seconds(value: Fraction) -> str:
    return f"{float(value):.6f}"


def _quoted(value: str) -> str:
    """Return *value* fit for a quoted string, which can hold neither quotes nor line ends."""
    return "".join(filter(is_shown, value)).replace('"', "'").replace("\t", " ")


def _line(value: str) -> str:
    if not value or value.startswith("#") or not value.isprintable():
        raise ValueError(f"{value!r} cannot be a line of a playlist")
    return value


def _text(lines: list[str], *, ended: bool) -> str:
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if ended else []), ""])
