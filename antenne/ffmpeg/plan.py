"""Decide how a source is put on the air at once, and how its final quality is made in units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from antenne.ffmpeg.filters import timeline_zero_s
from antenne.ffmpeg.ladder import (
    FPS_MOST,
    CopiedRung,
    Rung,
    air_rung,
    av1_ladder,
    copy_stays,
    ladder,
    nominal_height,
)
from antenne.ffmpeg.scan import Scan
from antenne.ffmpeg.streams import AudioStream, Gop, Probe, VideoStream

SEGMENT_S = 4
AIR_SEGMENT_S = 2
COPY_TARGET_S = 10
UNIT_LEAST_S = 20
_COPY_HEIGHT_MOST = 1080
_COPY_PEAK_MOST_BPS = 8_000_000
_COPY_GOP_MOST_S = 6
_COPY_AUDIO_MOST_BPS = 330_000
_COPY_AUDIO_HZ = {32_000, 44_100, 48_000}
_COPY_PROFILES = {"Constrained Baseline", "Baseline", "Main", "High"}
_LATE_MOST_S = Fraction(1, 10)
_LIGHT_PIXELS_PER_S = 1920 * 1088 * 31
# Formats in which ffmpeg finds a key frame by its time; others are decoded from the start.
_SEEKABLE = {"mov", "mp4", "matroska", "webm", "mpegts", "avi", "asf"}
# Formats without an index, where the search may end a little late: aim one key frame earlier.
_VAGUE = {"mpegts"}


@dataclass(frozen=True)
class AirPlan:
    """How to be watchable at once: by copying, or (why_not says why not) by encoding *rung*.

    *segment_frames* is the length of an encoded segment; no segment of either kind may exceed
    *target_duration_s*. Without a picture both copy_video and rung are empty.
    """

    copy_video: bool
    copy_audio: tuple[bool, ...]
    why_not: str
    rung: Rung | None
    segment_frames: int
    target_duration_s: int


@dataclass(frozen=True)
class Unit:
    """Work that is lost together: frames of one group's rungs, counted from zero."""

    group: int
    index: int
    start_frame: int
    frames: int


@dataclass(frozen=True)
class QualityPlan:
    """The rungs to encode, and in which units; *keep_copy* says the copied rung stays on offer."""

    rungs: tuple[Rung, ...]
    fps: Fraction
    frames: int
    units: tuple[Unit, ...]
    segment_starts_frames: tuple[int, ...]
    keep_copy: bool
    target_duration_s: int


def air_plan(probe: Probe) -> AirPlan:
    """Return how to put the source on the air, from its first ten seconds."""
    copies = tuple(audio_copies(audio, probe) for audio in probe.audios)
    video = probe.video
    if video is None:
        return AirPlan(
            copy_video=False, copy_audio=copies, why_not="no picture", rung=None,
            segment_frames=0, target_duration_s=SEGMENT_S + 1,
        )  # fmt: skip
    why_not = copy_refusal(video, probe)
    if not why_not:
        return AirPlan(
            copy_video=True, copy_audio=copies, why_not="", rung=None,
            segment_frames=0, target_duration_s=COPY_TARGET_S,
        )  # fmt: skip
    rung = air_rung(video.width, video.height, video.fps, light=_light(video))
    frames = round(AIR_SEGMENT_S * rung.fps)
    return AirPlan(
        copy_video=False, copy_audio=copies, why_not=why_not, rung=rung,
        segment_frames=frames, target_duration_s=SEGMENT_S + 1,
    )  # fmt: skip


def copy_refusal(video: VideoStream, probe: Probe) -> str:
    """Return why the picture cannot be served as it is, "" if it can."""
    peak_bps = max((_gop_bps(gop) for gop in probe.first_gops), default=0)
    longest_s = max((gop.duration_s for gop in probe.first_gops), default=Fraction(0))
    late_s = video.start_s - timeline_zero_s(probe)
    reasons = {
        "codec": video.codec != "h264" or video.profile not in _COPY_PROFILES,
        "format": video.bit_depth != 8 or video.chroma != "420" or video.full_range,  # noqa: PLR2004
        "interlaced": video.interlaced,
        "high dynamic range": bool(video.hdr),
        "shape": _is_reshaped(video) or bool(video.width % 2 or video.height % 2),
        "size": nominal_height(video.width, video.height) > _COPY_HEIGHT_MOST,
        "frame rate": video.fps > FPS_MOST,
        "parameter sets": video.extradata_sets != 1,
        "open groups of pictures": video.closed_gop is not True or not probe.first_gops,
        "long groups of pictures": longest_s > _COPY_GOP_MOST_S,
        "bit rate": max(peak_bps, video.bit_rate_bps) > _COPY_PEAK_MOST_BPS,
        "late start": late_s > _LATE_MOST_S,
    }
    return ", ".join(name for name, holds in reasons.items() if holds)


def _is_reshaped(video: VideoStream) -> bool:
    """Say whether players must stretch, turn or flip the coded picture."""
    return video.sar != 1 or video.rotation != 0 or video.mirrored


def audio_copies(audio: AudioStream, probe: Probe) -> bool:
    """Say whether a sound track can be served as it is."""
    late_s = audio.start_s - timeline_zero_s(probe)
    return (
        audio.codec == "aac"
        and audio.profile == "LC"
        and audio.channels in {1, 2}
        and audio.sample_rate_hz in _COPY_AUDIO_HZ
        and audio.bit_rate_bps <= _COPY_AUDIO_MOST_BPS
        and abs(late_s) <= _LATE_MOST_S
    )


def quality_plan(
    probe: Probe, scan: Scan, air: AirPlan, air_segment_starts: Sequence[int] = ()
) -> QualityPlan:
    """Return the final ladder, and its units.

    *air_segment_starts* are the frames (on the grid of the source's frame rate) at which the
    segments of a copied air rung begin; if that rung is worth keeping, all others cut there too.
    """
    video = probe.video
    if video is None:
        raise ValueError("a source without a picture has no ladder")
    fps = min(video.fps, FPS_MOST)
    frames = max(1, round(scan.duration_ms * fps / 1000))
    mean_bps = _mean_bps(probe, scan)
    copy = CopiedRung(video.width, video.height, mean_bps) if air.copy_video else None
    if copy is not None and not (copy_stays(copy, fps) and _peak_fits(scan)):
        copy = None
    rungs = ladder(video.width, video.height, fps, _worth_bps(video, mean_bps), copy)
    step = round(SEGMENT_S * fps)
    starts = tuple(range(0, frames, step))
    target_s = SEGMENT_S + 1
    if copy is not None and air_segment_starts:
        starts = tuple(start for start in air_segment_starts if start < frames)
        target_s = COPY_TARGET_S
    groups = sorted({rung.group for rung in rungs})
    spans = _unit_spans(starts, frames, UNIT_LEAST_S * fps)
    units = [Unit(group, n, *span) for group in groups for n, span in enumerate(spans)]
    return QualityPlan(rungs, fps, frames, tuple(units), starts, copy is not None, target_s)


def av1_plan(probe: Probe, scan: Scan, segment_starts: Sequence[int]) -> QualityPlan:
    """Return a whole ladder in AV1 that cuts its segments where the others do.

    Each rung is a group of its own. Raises ValueError where there is no picture.
    """
    video = probe.video
    if video is None:
        raise ValueError("a source without a picture has no ladder")
    fps = min(video.fps, FPS_MOST)
    frames = max(1, round(scan.duration_ms * fps / 1000))
    worth_bps = _worth_bps(video, _mean_bps(probe, scan))
    rungs = av1_ladder(video.width, video.height, fps, worth_bps)
    spans = _unit_spans(segment_starts, frames, UNIT_LEAST_S * fps)
    units = [Unit(rung.group, n, *span) for rung in rungs for n, span in enumerate(spans)]
    return QualityPlan(
        rungs, fps, frames, tuple(units), tuple(segment_starts), keep_copy=True,
        target_duration_s=COPY_TARGET_S,
    )  # fmt: skip


def seek_time_s(probe: Probe, scan: Scan, at_s: Fraction) -> Fraction | None:
    """Return the time, on the source's own clock, of a key frame from which to decode *at_s*.

    None means the start of the file: nothing earlier, or a format in which seeking is unsafe.
    """
    names = set(probe.container.split(","))
    if probe.video is None or not names & _SEEKABLE:
        return None
    wanted_s = timeline_zero_s(probe) + at_s
    found = bisect_right(scan.keyframes_s, wanted_s) - 1
    if names & _VAGUE or probe.video.closed_gop is not True or probe.video.interlaced:
        found -= 1
    return scan.keyframes_s[found] if found > 0 else None


def _gop_bps(gop: Gop) -> Fraction:
    return gop.size_bytes * 8 / gop.duration_s if gop.duration_s else Fraction(0)


def _peak_fits(scan: Scan) -> bool:
    return scan.peak_bps <= _COPY_PEAK_MOST_BPS and scan.max_gop_s <= COPY_TARGET_S


def _mean_bps(probe: Probe, scan: Scan) -> int:
    """Return the picture's mean rate over the whole file: what its sound tracks leave of it."""
    sound_bps = sum(audio.bit_rate_bps for audio in probe.audios)
    return max(1, probe.size_bytes * 8000 // max(1, scan.duration_ms) - sound_bps)


def _worth_bps(video: VideoStream, mean_bps: int) -> int:
    """Return the rate that says how much there is in the picture, as if it were H.264."""
    return mean_bps * {"hevc": 2, "vp9": 2, "av1": 3}.get(video.codec, 1)


def _light(video: VideoStream) -> bool:
    """Say whether decoding leaves room to encode 480p faster than real time."""
    pixels = video.coded_width * video.coded_height * video.fps
    return pixels <= _LIGHT_PIXELS_PER_S and not video.hdr


def _unit_spans(starts: Sequence[int], frames: int, least: Fraction) -> list[tuple[int, int]]:
    """Return (first frame, frames) of spans of whole segments, each at least *least* frames."""
    cuts = [0]
    for start in starts:
        if start - cuts[-1] >= least and frames - start >= least / 2:
            cuts.append(start)
    return [(first, last - first) for first, last in zip(cuts, [*cuts[1:], frames], strict=True)]
