"""Which files a page or a program offers to choose; what a file is, its content decides."""

from __future__ import annotations

from typing import Final

FILE_KINDS: Final = (
    "video/*",
    "audio/*",
    ".mkv",
    ".ts",
    ".mts",
    ".m2ts",
    ".mxf",
    ".vob",
    ".wmv",
    ".flv",
    ".gif",
    ".h264",
    ".hevc",
    ".y4m",
)
"""Media types, and the endings that systems know no type for."""
CAPTION_KINDS: Final = (".srt", ".vtt", ".ass", ".ssa")
UNREAD: Final = {
    "hdmv_pgs_subtitle": "PGS",
    "dvb_subtitle": "DVB",
    "dvd_subtitle": "VobSub",
    "xsub": "XSUB",
    "dvb_teletext": "Teletext",
    "arib_caption": "ARIB",
    "ttml": "TTML",
}
"""What people call the kinds of embedded captions that are not read."""
