"""Write the ffmpeg filter chains that turn any source picture and sound into ours.

Ours is: upright, square pixels, progressive, 4:2:0, BT.709 in limited range, on a fixed grid of
frames that counts from the zero of the timeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from antenne.ffmpeg.ladder import Rung
from antenne.ffmpeg.streams import AudioStream, Probe, VideoStream

_SD_LINES_MOST = 576
_STEREO = 2
_SCALER = "flags=lanczos+accurate_rnd"
_HASTY_SCALER = "flags=bilinear"
_TURNS = {0: (), 90: ("transpose=clock",), 180: ("hflip", "vflip"), 270: ("transpose=cclock",)}
_TURNS_MIRRORED = {
    0: ("vflip",),
    90: ("transpose=cclock_flip",),
    180: ("hflip",),
    270: ("transpose=clock_flip",),
}
_SD_MATRICES = {"smpte170m", "bt470bg", "fcc"}
_HDR_TRANSFERS = {"pq": "smpte2084", "hlg": "arib-std-b67", "dolbyvision": "arib-std-b67"}
_HDR_WHITE_NITS = 203
# Pixel formats that we encode, by bits of a sample.
PIXELS = {8: "yuv420p", 10: "yuv420p10le"}


@dataclass(frozen=True)
class Span:
    """Which frames of the grid to make: *frames* of them from *start*, or all that are left.

    Without padding there are fewer when the source ends early, or when a search in it went past
    the start; count them. *pad_end* repeats the last picture, *pad_start* the first.
    """

    start: int
    frames: int | None
    pad_end: bool = False
    pad_start: bool = False


def timeline_zero_s(probe: Probe) -> Fraction:
    """Return the instant of the source's own clock that our timelines count from.

    It is the start of the source, moved by less than a frame so that the first picture falls on
    the grid: otherwise rounding to the grid would push the picture against the sound.
    """
    video = probe.video
    if video is None:
        return probe.start_s
    return video.start_s - (video.start_s - probe.start_s) * video.fps // 1 / video.fps


def seconds(value: Fraction) -> str:
    """Return *value* in seconds as ffmpeg reads it, to the nanosecond."""
    return f"{float(value):.9f}".rstrip("0").rstrip(".")


def video_graph(video: VideoStream, zero_s: Fraction, span: Span, rungs: Sequence[Rung]) -> str:
    """Return the filter graph from the source picture to one pad [v0], [v1]… for each rung."""
    fps = rungs[0].fps
    largest = max(rungs, key=lambda rung: rung.width * rung.height)
    common = [*_grid(video, zero_s, span, fps), *_picture(video, largest)]
    heads = "".join(f"[s{n}]" for n in range(len(rungs)))
    parts = [f"[0:{video.index}]{','.join(common)},split={len(rungs)}{heads}"]
    for n, rung in enumerate(rungs):
        same = (rung.width, rung.height) == (largest.width, largest.height)
        scale = "null" if same else f"scale={rung.width}:{rung.height}:{_SCALER}"
        parts.append(f"[s{n}]{scale},setsar=1[v{n}]")
    return ";".join(parts)


def audio_chain(audio: AudioStream, zero_s: Fraction, gain_db: float) -> str:
    """Return the filters from one source track to 48 kHz mono or stereo that starts at zero."""
    chain = [
        f"asetpts=PTS-round({seconds(zero_s)}/TB)",
        "aresample=48000:async=1:first_pts=0:out_chlayout="
        + ("mono" if audio.channels == 1 else "stereo"),
    ]
    if gain_db:
        chain.append(f"volume={gain_db:.2f}dB:precision=float")
    if audio.channels > _STEREO:
        # A downmix may exceed full scale although no channel of the source does.
        chain.append("alimiter=limit=0.84:level=0:latency=1")
    return ",".join(chain)


def _grid(video: VideoStream, zero_s: Fraction, span: Span, fps: Fraction) -> list[str]:
    """Return the filters that put the picture on the grid and cut out the span."""
    chain = [f"setpts=PTS-round({seconds(zero_s)}/TB)"]
    if video.interlaced:
        chain.append("bwdif=mode=send_frame:deint=all")
    from_start = span.start == 0 or span.pad_start
    # From zero, not from the span: the filter drops what is before, though it may be the last.
    chain.append(f"fps=fps={fps}" + ":start_time=0" * from_start)
    if span.pad_end:
        chain.append("tpad=stop=-1:stop_mode=clone")
    end = "" if span.frames is None else f":end_pts={span.start + span.frames}"
    chain.append(f"trim=start_pts={span.start}{end}")
    return [*chain, "setpts=PTS-STARTPTS"]


def _picture(video: VideoStream, rung: Rung) -> list[str]:
    """Return the filters from the source's picture to the largest rung's."""
    size = (rung.width, rung.height)
    return picture_chain(video, *size, hasty=rung.hasty, bit_depth=rung.bit_depth)


def picture_chain(
    video: VideoStream, width: int, height: int, *, hasty: bool = False, bit_depth: int = 8
) -> list[str]:
    """Return the filters from a source frame to an upright SDR picture of that displayed size."""
    if video.rotation in {90, 270}:
        width, height = height, width
    convert = _tone_map if video.hdr else _to_bt709
    # What the source says beside its frames (rotation, brightness of HDR) is no longer true.
    bare = ["setsar=1", "sidedata=mode=delete"]
    size = f"scale={width}:{height}:{_HASTY_SCALER if hasty else _SCALER}"
    turns = _TURNS_MIRRORED if video.mirrored else _TURNS
    ours = f"format={PIXELS[bit_depth]}"
    return [*convert(video, size), ours, *turns[video.rotation], *bare]


def _to_bt709(video: VideoStream, size: str) -> list[str]:
    """Return scaling and, where the source is not BT.709, conversion rather than retagging."""
    matrix = "bt601" if _is_sd(video) else "bt709"
    if video.matrix in {"bt2020nc", "bt2020c"}:
        matrix = "bt2020"
    ranges = f"in_range={'full' if video.full_range else 'limited'}:out_range=limited"
    colours = f"in_color_matrix={matrix}:out_color_matrix=bt709:{ranges}"
    return [f"{size}:{colours}"]


def _is_sd(video: VideoStream) -> bool:
    """Say whether the colours are those of BT.601, stated or (unstated) by the picture's size."""
    if video.matrix in _SD_MATRICES:
        return True
    unstated = video.matrix in {"", "unknown", "unspecified", "reserved"}
    return unstated and min(video.width, video.height) <= _SD_LINES_MOST


def _tone_map(video: VideoStream, size: str) -> list[str]:
    """Return the filters from PQ or HLG to BT.709, scaled down before the costly part."""
    source = (
        f"transferin={_HDR_TRANSFERS[video.hdr]}:matrixin=2020_ncl:primariesin=2020"
        f":rangein={'full' if video.full_range else 'limited'}"
    )
    return [
        size,
        "format=yuv420p10le",
        f"zscale={source}:transfer=linear:npl={_HDR_WHITE_NITS}",
        "format=gbrpf32le",
        "zscale=primaries=709",
        "tonemap=tonemap=mobius:param=0.3:desat=0",
        "zscale=transfer=709:matrix=709:range=limited",
    ]
