"""Look at a source and say what it is, or refuse it by name; decided from packets and frames."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median

from antenne.ffmpeg import packets as arithmetic
from antenne.ffmpeg.binaries import PIXELS_MAX
from antenne.ffmpeg.charsets import is_shown
from antenne.ffmpeg.clocks import (
    CLOCKLESS_FORMATS,
    JUMPING_FORMATS,
    ClockJumps,
    Mending,
    clock_jumps,
    length_is_plausible,
)
from antenne.ffmpeg.ffprobe import (
    HEAD_S,
    PROBE_LIMITS,
    Answer,
    Raw,
    extradata_ask,
    ffprobe_ask,
    is_locked,
    packets_scan,
    ratio,
    source_sniff,
    whole,
)
from antenne.ffmpeg.frames import frames_look
from antenne.ffmpeg.languages import language_tag
from antenne.ffmpeg.packets import Packet
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.ffmpeg.streams import (
    AudioStream,
    Gop,
    Probe,
    SubtitleStream,
    VideoStream,
)
from antenne.ffmpeg.video_stream import video_build
from antenne.processes.runner import ProcessError

__all__ = [
    "AudioStream",
    "Gop",
    "Probe",
    "SubtitleStream",
    "VideoStream",
    "source_probe",
]

DURATION_MAX_S = 24 * 3600
"""Longer sources are refused."""
END_SLACK_S = Fraction(1, 2)
FRAME_DISTANCE_MAX_S = 60
CHAPTERS_MAX = 500
TITLE_MAX_CHARACTERS = 200
TEXT_SUBTITLES = frozenset({"subrip", "ass", "ssa", "mov_text", "webvtt", "text", "eia_608"})
PICTURE_CODECS = frozenset({"mjpeg", "png", "bmp", "webp", "tiff", "gif"})
PICTURE_BRANDS = frozenset({"heic", "heix", "mif1", "avif"})


def source_probe(path: Path, *, folder: Path) -> Probe:
    """Look at the source; write nothing but below *folder*.

    Raises SourceRefused by name, and ClockJumps where `clock_even` must come first.
    """
    source_sniff(path)
    answer = ffprobe_ask(path, folder=folder)
    _clock_await(answer)
    if answer.format.get("tags", {}).get("major_brand", "").strip() in PICTURE_BRANDS:
        raise SourceRefused(RefusalCode.PICTURE, "a still picture")
    audios = _audios(answer)
    raw_video = _video_choose(answer)
    if raw_video is None and not audios:
        raise SourceRefused(RefusalCode.NO_STREAMS, _codecs(answer))
    video = None if raw_video is None else _video(path, folder, answer, raw_video)
    chosen = [item.index for item in (video, *audios) if item is not None]
    start_s = min(item.start_s for item in (video, *audios) if item is not None)
    until_s = _end(path, folder, answer, chosen)
    _clock_check(path, folder, answer, chosen[0], until_s - start_s)
    _duration_check(until_s - start_s, answer, video)
    head_is_all = until_s - start_s <= HEAD_S
    return Probe(
        container=str(answer.format.get("format_name", "")),
        duration_ms=max(1, round((until_s - start_s) * 1000)),
        size_bytes=path.stat().st_size,
        video=video,
        audios=audios,
        subtitles=_subtitles(answer),
        start_s=start_s,
        first_gops=_gops(answer, video, to_the_end=head_is_all),
        chapters=_chapters(answer, start_s),
    )


def _clock_await(answer: Answer) -> None:
    """Raise ClockJumps for bare pictures, which have no timestamps to look at."""
    if answer.format.get("format_name") not in CLOCKLESS_FORMATS:
        return
    raw = answer.streams[0] if answer.streams else {}
    if not whole(raw.get("width")):
        raise SourceRefused(RefusalCode.NOT_MEDIA, "no picture of it can be read")
    _pixels_check(raw)
    raise ClockJumps(Mending.DECODE if whole(raw.get("has_b_frames")) else Mending.COUNT)


def _pixels_check(raw: Raw) -> None:
    if whole(raw.get("width")) * whole(raw.get("height")) > PIXELS_MAX:
        raise SourceRefused(RefusalCode.TOO_MANY_PIXELS, f"{raw['width']}x{raw['height']}")


def _video(path: Path, folder: Path, answer: Answer, raw: Raw) -> VideoStream:
    _pixels_check(raw)
    index = whole(raw["index"])
    try:
        look = frames_look(path, folder=folder, index=index)
    except SourceRefused as refusal:
        if refusal.code == RefusalCode.DAMAGED and is_locked(path):
            raise SourceRefused(RefusalCode.ENCRYPTED, refusal.detail) from refusal
        raise
    extradata = b""
    if raw["codec_name"] == "h264":
        extradata = extradata_ask(path, folder=folder, index=index)
    return video_build(raw, look, answer.head.get(index, ()), extradata)


def _video_choose(answer: Answer) -> Raw | None:
    """Choose the largest video that moves, then the default one, then the first."""
    found = [raw for raw in answer.streams if _is_video(raw, answer)]
    if not found:
        return None
    if all(raw.get("codec_name", "unknown") == "unknown" for raw in found):
        raise SourceRefused(RefusalCode.UNSUPPORTED_CODEC, _codecs(answer))
    return max(
        found,
        key=lambda raw: (
            raw.get("codec_name", "unknown") != "unknown",
            len(answer.packets[whole(raw["index"])]) > 1,
            whole(raw.get("width")) * whole(raw.get("height")),
            raw.get("disposition", {}).get("default", 0),
            -whole(raw["index"]),
        ),
    )


def _is_video(raw: Raw, answer: Answer) -> bool:
    if raw.get("codec_type") != "video" or _is_cover(raw, answer):
        return False
    return bool(answer.packets.get(whole(raw["index"])))


def _is_cover(raw: Raw, answer: Answer) -> bool:
    disposition = raw.get("disposition", {})
    if any(disposition.get(name) for name in ("attached_pic", "timed_thumbnails", "still_image")):
        return True
    others = any(other.get("codec_type") == "audio" for other in answer.streams)
    lone = len(answer.packets.get(whole(raw["index"]), ())) <= 1
    return others and lone and raw.get("codec_name") in PICTURE_CODECS


def _audios(answer: Answer) -> tuple[AudioStream, ...]:
    return tuple(
        _audio(raw, answer.head.get(whole(raw["index"]), ()))
        for raw in answer.streams
        if raw.get("codec_type") == "audio"
        and raw.get("codec_name", "unknown") != "unknown"
        and whole(raw.get("channels")) > 0
        and whole(raw.get("sample_rate")) > 0
        and answer.packets.get(whole(raw["index"]))
    )


def _audio(raw: Raw, head: tuple[Packet, ...]) -> AudioStream:
    time_base = ratio(raw["time_base"])
    # ffprobe's start leaves out what an encoder put in front (priming), packets do not.
    start_s = whole(raw["start_pts"]) * time_base if "start_pts" in raw else None
    return AudioStream(
        index=whole(raw["index"]),
        codec=str(raw["codec_name"]),
        profile=str(raw.get("profile", "")),
        channels=whole(raw["channels"]),
        sample_rate_hz=whole(raw["sample_rate"]),
        language=language_tag(str(raw.get("tags", {}).get("language", ""))),
        title=_title(raw),
        default=bool(raw.get("disposition", {}).get("default")),
        start_s=arithmetic.start_s(head, time_base) if start_s is None else start_s,
        time_base=time_base,
        bit_rate_bps=whole(raw.get("bit_rate")) or arithmetic.bit_rate_bps(head, time_base),
    )


def _subtitles(answer: Answer) -> tuple[SubtitleStream, ...]:
    return tuple(
        SubtitleStream(
            index=whole(raw["index"]),
            codec=str(raw["codec_name"]),
            language=language_tag(str(raw.get("tags", {}).get("language", ""))),
            title=_title(raw),
            text=raw["codec_name"] in TEXT_SUBTITLES,
        )
        for raw in answer.streams
        if raw.get("codec_type") == "subtitle" and raw.get("codec_name", "unknown") != "unknown"
    )


def _end(path: Path, folder: Path, answer: Answer, chosen: list[int]) -> Fraction:
    """Return when the last chosen stream ends, by a full scan where the end could not be sought."""
    bases = {whole(raw["index"]): ratio(raw.get("time_base")) for raw in answer.streams}
    packets = {index: answer.packets.get(index, ()) for index in chosen}
    ends = [arithmetic.end_s(packets[index], bases[index]) for index in chosen]
    until = max((end for end in ends if end is not None), default=Fraction(0))
    claimed = _claimed_end(answer, chosen)
    lasts = [arithmetic.shown_times(packets[index])[-1:] for index in chosen]
    last = max(time * bases[i] for i, times in zip(chosen, lasts, strict=True) for time in times)
    if last < claimed < until or (0 < claimed < until and answer.format["format_name"] == "ogg"):
        # An edit list, or a last packet that is not full, ends inside the last packet. In Ogg the
        # end is that of the last page; times of packets before it are guessed.
        return claimed
    if 0 < claimed <= until + END_SLACK_S:
        return until
    try:
        for index, packet in packets_scan(path, folder=folder, limits=PROBE_LIMITS):
            if index in chosen and packet.shown:
                until = max(until, (packet.pts + packet.duration) * bases[index])
    except ProcessError:
        # What was reached is a provisional answer; the scan after air corrects it.
        return until
    return until


def _clock_check(
    path: Path, folder: Path, answer: Answer, index: int, duration_s: Fraction
) -> None:
    """Raise ClockJumps where the length does not fit the size because the timestamps jump."""
    if answer.format["format_name"] not in JUMPING_FORMATS:
        return
    bases = {whole(raw["index"]): ratio(raw.get("time_base")) for raw in answer.streams}
    head = [(packets, bases[number]) for number, packets in answer.head.items()]
    if length_is_plausible(duration_s, path.stat().st_size, head):
        return
    if clock_jumps(path, folder=folder, index=index, time_base=bases[index]):
        raise ClockJumps


def _claimed_end(answer: Answer, chosen: list[int]) -> Fraction:
    """Return when the header says that the chosen streams end, 0 where it does not say."""
    claims = [
        whole(raw.get("start_pts")) * ratio(raw.get("time_base")) + ratio(raw.get("duration"))
        for raw in answer.streams
        if whole(raw["index"]) in chosen and ratio(raw.get("duration")) > 0
    ]
    if len(claims) == len(chosen):
        return max(claims)
    duration = ratio(answer.format.get("duration"))
    return duration + ratio(answer.format.get("start_time")) if duration > 0 else Fraction(0)


def _duration_check(duration_s: Fraction, answer: Answer, video: VideoStream | None) -> None:
    if duration_s > DURATION_MAX_S:
        raise SourceRefused(RefusalCode.TOO_LONG, f"{float(duration_s):.0f} s")
    if video is None:
        return
    times = arithmetic.shown_times(answer.packets.get(video.index, ()))
    steps = [later - earlier for earlier, later in pairwise(times)]
    if steps and median(steps) * video.time_base > FRAME_DISTANCE_MAX_S:
        raise SourceRefused(RefusalCode.DAMAGED, "frames are minutes apart")


def _gops(answer: Answer, video: VideoStream | None, *, to_the_end: bool) -> tuple[Gop, ...]:
    if video is None:
        return ()
    head = answer.head.get(video.index, ())
    return arithmetic.gops(head, video.time_base, to_the_end=to_the_end)


def _chapters(answer: Answer, start_s: Fraction) -> tuple[tuple[int, str], ...]:
    found = [
        (max(0, round((ratio(raw.get("start_time")) - start_s) * 1000)), _title(raw))
        for raw in answer.chapters[:CHAPTERS_MAX]
    ]
    return tuple(sorted(found))


def _title(raw: Raw) -> str:
    title = str(raw.get("tags", {}).get("title", ""))
    return "".join(filter(is_shown, title))[:TITLE_MAX_CHARACTERS]


def _codecs(answer: Answer) -> str:
    return ", ".join(str(raw.get("codec_name", raw.get("codec_type"))) for raw in answer.streams)
