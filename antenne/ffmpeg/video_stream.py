"""Put together what headers, packets and frames say about the chosen video stream."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from antenne.ffmpeg import packets as arithmetic
from antenne.ffmpeg.binaries import PIXELS_MAX
from antenne.ffmpeg.ffprobe import Raw, ratio, whole
from antenne.ffmpeg.frames import Look
from antenne.ffmpeg.packets import Packet
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.ffmpeg.streams import Hdr, VideoStream

SAR_MAX = 8
QUARTER_TURN = 90
DOLBY_VISION_WITHOUT_BASE = 0
_TRANSFER_HDR: dict[str, Hdr] = {"smpte2084": "pq", "arib-std-b67": "hlg"}
_DEPTH = re.compile(r"(?:p|gray|gbrp|gbrap)(9|10|12|14|16)(?:le|be)|^p0(10|12|16)")
_NAL_START = re.compile(rb"\x00\x00\x01(.)", re.DOTALL)
NAL_SPS, NAL_PPS = 7, 8


def video_build(raw: Raw, look: Look, head: Sequence[Packet], extradata: bytes) -> VideoStream:
    """Return the stream as it really is; raise SourceRefused for what cannot be shown."""
    time_base = ratio(raw["time_base"])
    rate = arithmetic.rate_estimate(head, time_base)
    sar, rotation = _sar(raw, look), rotation_read(raw)
    width, height = displayed_size(look.width, look.height, sar, rotation)
    if max(width * height, look.width * look.height) > PIXELS_MAX:
        raise SourceRefused(RefusalCode.TOO_MANY_PIXELS, f"{width}x{height}")
    return VideoStream(
        index=whole(raw["index"]),
        codec=str(raw["codec_name"]),
        profile=str(raw.get("profile", "")),
        pix_fmt=look.pix_fmt,
        bit_depth=bit_depth(look.pix_fmt),
        chroma=chroma(look.pix_fmt),
        coded_width=look.width,
        coded_height=look.height,
        width=width,
        height=height,
        sar=sar,
        rotation=rotation,
        fps=rate.fps,
        vfr=rate.vfr,
        interlaced=look.interlaced,
        transfer=look.transfer,
        primaries=look.primaries,
        matrix=look.matrix,
        full_range=look.full_range,
        hdr=_hdr(raw, look),
        time_base=time_base,
        start_s=arithmetic.start_s(head, time_base),
        bit_rate_bps=arithmetic.bit_rate_bps(head, time_base),
        has_b_frames=whole(raw.get("has_b_frames")),
        extradata_sets=extradata_sets(extradata),
        closed_gop=arithmetic.closed(head),
        mirrored=mirrored_read(raw),
        closed_captions=look.closed_captions,
    )


def displayed_size(width: int, height: int, sar: Fraction, rotation: int) -> tuple[int, int]:
    """Return width and height as a person sees them: square pixels, then turned."""
    shown = max(1, round(width * sar)), height
    return shown if rotation % 180 == 0 else (shown[1], shown[0])


def rotation_read(raw: Raw) -> int:
    """Return the clockwise turn (0, 90, 180, 270) that the display matrix asks for."""
    for item in raw.get("side_data_list", ()):
        if "rotation" in item:
            return round(-float(item["rotation"]) / QUARTER_TURN) * QUARTER_TURN % 360
    return 0


def mirrored_read(raw: Raw) -> bool:
    """Say whether the display matrix shows the picture as in a mirror."""
    for item in raw.get("side_data_list", ()):
        rows = [
            line.partition(":")[2].split() for line in item.get("displaymatrix", "").split("\n")
        ]
        cells = [[int(cell) for cell in row[:2]] for row in rows if len(row) == 3][:2]  # noqa: PLR2004
        if len(cells) == 2:  # noqa: PLR2004 - the part that turns and stretches
            return cells[0][0] * cells[1][1] < cells[0][1] * cells[1][0]
    return False


def bit_depth(pix_fmt: str) -> int:
    """Return the bits per sample that a pixel format's name says, 8 unless it says more."""
    found = _DEPTH.search(pix_fmt)
    return int(found[1] or found[2]) if found else 8


def chroma(pix_fmt: str) -> str:
    """Return "420", "422", "444", "411", "410", "440", "gray" or "rgb"."""
    for name in ("420", "422", "444", "411", "410", "440"):
        if pix_fmt.startswith((f"yuv{name}", f"yuvj{name}", f"yuva{name}")):
            return name
    if pix_fmt.startswith("gray"):
        return "gray"
    return {"nv12": "420", "nv21": "420", "p010le": "420", "uyvy422": "422", "yuyv422": "422"}.get(
        pix_fmt, "rgb"
    )


def extradata_sets(data: bytes) -> int:
    """Return how many SPS or PPS (whichever are more) the header of H.264 holds, 0 if none."""
    if data[:1] == b"\x01":
        return _avcc_sets(data)
    kinds = [found[1][0] & 31 for found in _NAL_START.finditer(data)]
    return max(kinds.count(NAL_SPS), kinds.count(NAL_PPS))


def _avcc_sets(data: bytes) -> int:
    if len(data) < 7:  # noqa: PLR2004 - the fixed part of an avcC
        return 0
    place, sps = 6, data[5] & 31
    for _ in range(sps):
        place += 2 + int.from_bytes(data[place : place + 2], "big")
    return max(sps, data[place]) if place < len(data) else 0


def _sar(raw: Raw, look: Look) -> Fraction:
    header_is_true = (whole(raw.get("width")), whole(raw.get("height"))) == (
        look.width,
        look.height,
    )
    said = ratio(raw.get("sample_aspect_ratio")) if header_is_true else Fraction(0)
    sar = said or look.sar
    return sar if Fraction(1, SAR_MAX) <= sar <= SAR_MAX else Fraction(1)


def _hdr(raw: Raw, look: Look) -> Hdr:
    transfer = _TRANSFER_HDR.get(look.transfer, "")
    for item in raw.get("side_data_list", ()):
        if "dv_profile" not in item:
            continue
        base = whole(item.get("dv_bl_signal_compatibility_id"))
        profile = whole(item["dv_profile"])
        if profile == 5 or (profile == 10 and base == DOLBY_VISION_WITHOUT_BASE):  # noqa: PLR2004
            raise SourceRefused(RefusalCode.DOLBY_VISION_5, f"profile {profile}")
        return transfer or ("" if look.transfer else "dolbyvision")
    return transfer
