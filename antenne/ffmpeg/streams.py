"""What is known of a source: its streams and shape as values that survive a round through JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any, Literal, TypeVar

Part = TypeVar("Part", "Gop", "VideoStream", "AudioStream", "SubtitleStream")
Hdr = Literal["", "pq", "hlg", "dolbyvision"]


@dataclass(frozen=True)
class Gop:
    """One group of pictures of the first ten seconds; only the last may be incomplete.

    `start_s` counts from the source's own zero, as in the packets.
    """

    start_s: Fraction
    duration_s: Fraction
    frames: int
    size_bytes: int
    complete: bool


@dataclass(frozen=True)
class VideoStream:
    """The chosen video stream.

    `coded_*` is the size of a decoded frame, `width` and `height` what a person sees after the
    sample aspect ratio and `rotation` (clockwise degrees to apply; what is `mirrored` is flipped
    too). `fps` comes from packets and is at most 60. `extradata_sets` counts the SPS or PPS of
    H.264, whichever are more, else 0. `closed_captions` says that its first frames have room for
    some (EIA-608).
    """

    index: int
    codec: str
    profile: str
    pix_fmt: str
    bit_depth: int
    chroma: str
    coded_width: int
    coded_height: int
    width: int
    height: int
    sar: Fraction
    rotation: int
    fps: Fraction
    vfr: bool
    interlaced: bool
    transfer: str
    primaries: str
    matrix: str
    full_range: bool
    hdr: Hdr
    time_base: Fraction
    start_s: Fraction
    bit_rate_bps: int
    has_b_frames: int
    extradata_sets: int
    closed_gop: bool | None
    mirrored: bool = False
    closed_captions: bool = False


@dataclass(frozen=True)
class AudioStream:
    """One audio track; `language` is a BCP 47 tag, "" if unknown."""

    index: int
    codec: str
    profile: str
    channels: int
    sample_rate_hz: int
    language: str
    title: str
    default: bool
    start_s: Fraction
    time_base: Fraction
    bit_rate_bps: int


@dataclass(frozen=True)
class SubtitleStream:
    """One embedded subtitle track; only `text` ones can become captions."""

    index: int
    codec: str
    language: str
    title: str
    text: bool


@dataclass(frozen=True)
class Probe:
    """A source as its packets and first frames show it.

    `duration_ms` is provisional (sample table and last packets; a full scan corrects it) and
    counts from `start_s`, the earliest first timestamp of the chosen streams.
    """

    container: str
    duration_ms: int
    size_bytes: int
    video: VideoStream | None
    audios: tuple[AudioStream, ...]
    subtitles: tuple[SubtitleStream, ...]
    start_s: Fraction
    first_gops: tuple[Gop, ...]
    chapters: tuple[tuple[int, str], ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; fractions become "numerator/denominator"."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @staticmethod
    def from_json(raw: dict[str, Any]) -> Probe:
        """Return the probe that `to_json` wrote."""
        return Probe(
            container=raw["container"],
            duration_ms=raw["duration_ms"],
            size_bytes=raw["size_bytes"],
            video=_built(VideoStream, raw["video"]) if raw["video"] else None,
            audios=tuple(_built(AudioStream, item) for item in raw["audios"]),
            subtitles=tuple(_built(SubtitleStream, item) for item in raw["subtitles"]),
            start_s=Fraction(raw["start_s"]),
            first_gops=tuple(_built(Gop, item) for item in raw["first_gops"]),
            chapters=tuple((start_ms, title) for start_ms, title in raw["chapters"]),
        )


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _built(kind: type[Part], raw: dict[str, Any]) -> Part:
    fractions = {item.name for item in fields(kind) if item.type == "Fraction"}
    values: dict[str, Any] = dict(raw)
    values.update({name: Fraction(raw[name]) for name in fractions})
    return kind(**values)
