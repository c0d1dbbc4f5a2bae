"""Read caption files and embedded tracks into plain WebVTT that can carry nothing but text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from html import unescape
from pathlib import Path

import pysubs2

from antenne.ffmpeg.binaries import INPUT_OPTIONS, MEMORY_BYTES, ffmpeg_path
from antenne.ffmpeg.charsets import CharsetUnknown, is_shown, text_decode
from antenne.ffmpeg.probe import SubtitleStream
from antenne.processes.runner import Limits, ProcessError, Sandbox, run

CAPTIONS_MAX_BYTES = 4 * 1024 * 1024
CUES_MAX = 20_000
CUE_MAX_CHARACTERS = 1000
EMPTY = "WEBVTT\n"
EXTRACT_LIMITS = Limits(wall_s=600, cpu_s=300, memory_bytes=MEMORY_BYTES, file_bytes=1)
_STAMP = re.compile(r"\d\s*-->\s*(\d|-)")
# Each of these ends at the next sign that could begin it, so a long text is read through once.
_TAG = re.compile(r"<[^<>\n]*>")
_OVERRIDE = re.compile(r"\{[^{}]*\}")
_DRAWS = re.compile(r"\\p[1-9]")
_GAP = re.compile(r"\n{3,}")


class CaptionsCode(StrEnum):
    """The reasons for refusing a caption file."""

    TOO_LARGE = "too_large"
    NOT_CAPTIONS = "not_captions"
    EMPTY = "empty"


class CaptionsRefused(Exception):
    """A caption file cannot be used; `code` says why."""

    def __init__(self, code: CaptionsCode) -> None:
        super().__init__(code)
        self.code = code


def captions_parse(data: bytes, filename: str) -> str:
    """Return the WebVTT of an SRT, WebVTT or ASS file, in whatever character set it is.

    Times are kept; of the text only characters are kept, escaped. The content decides what it
    is; *filename* only breaks a tie. Raises CaptionsRefused.
    """
    if len(data) > CAPTIONS_MAX_BYTES:
        raise CaptionsRefused(CaptionsCode.TOO_LARGE)
    if not data.strip():
        raise CaptionsRefused(CaptionsCode.EMPTY)
    try:
        text = text_decode(data)
    except CharsetUnknown as error:
        raise CaptionsRefused(CaptionsCode.NOT_CAPTIONS) from error
    written = _webvtt(_cues(text, _format(text, filename)))
    if written == EMPTY:
        raise CaptionsRefused(CaptionsCode.NOT_CAPTIONS)
    return written


def captions_of_cues(cues: Iterable[tuple[int, int, str]]) -> str:
    """Return the WebVTT of (start ms, end ms, text)."""
    made = pysubs2.SSAFile()
    for start_ms, end_ms, text in cues:
        cue = pysubs2.SSAEvent(start=start_ms, end=end_ms)
        cue.plaintext = text
        made.append(cue)
    return _webvtt(made)


def captions_cues(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start ms, end ms, text) of each cue of WebVTT that we wrote."""
    return tuple(
        (cue.start, cue.end, unescape(words))
        for cue in _cues(text, "vtt")
        if (words := _words(cue.text))
    )


def captions_as_srt(text: str) -> str:
    """Return WebVTT that we wrote as SRT."""
    blocks = []
    for number, (start_ms, end_ms, words) in enumerate(captions_cues(text), start=1):
        times = f"{_stamp(start_ms)} --> {_stamp(end_ms)}".replace(".", ",")
        blocks.append(f"{number}\n{times}\n{words}\n")
    return "\n".join(blocks)


def embedded_captions_extract(
    path: Path, *, folder: Path, stream: SubtitleStream, start_s: Fraction | None = None
) -> str:
    """Return the WebVTT of an embedded text track, without cues if it cannot be read.

    *start_s* is the probe's zero, where it may differ from the file's own start.
    """
    copyts = () if start_s is None else ("-copyts",)
    argv = [
        *(str(ffmpeg_path()), "-hide_banner", "-nostdin", "-nostats", "-v", "error"),
        *(*INPUT_OPTIONS, *copyts, "-vn", "-an", "-i", str(path), "-map", f"0:{stream.index}"),
        *("-c:s", "webvtt", "-f", "webvtt", "-"),
    ]
    try:
        done = run(argv, sandbox=Sandbox(folder, (path,)), limits=EXTRACT_LIMITS)
        cues = _cues(done.stdout[:CAPTIONS_MAX_BYTES].decode(errors="replace"), "vtt")
    except (ProcessError, CaptionsRefused):
        return EMPTY
    cues.shift(ms=-round((start_s or 0) * 1000))
    return _webvtt(cues)


def _format(text: str, filename: str) -> str:
    start = text.lstrip()
    if start.startswith("WEBVTT"):
        return "vtt"
    if "[Script Info]" in text[:2000] or re.search(r"^\[Events\]", text, re.MULTILINE):
        return "ass"
    if not _STAMP.search(text):
        raise CaptionsRefused(CaptionsCode.NOT_CAPTIONS)
    return "vtt" if filename.lower().endswith(".vtt") else "srt"


def _cues(text: str, kind: str) -> pysubs2.SSAFile:
    if kind != "ass":
        text = _bare(text)
    try:
        return pysubs2.SSAFile.from_string(text, format_=kind)
    except (pysubs2.Pysubs2Error, ValueError, IndexError, KeyError) as error:
        raise CaptionsRefused(CaptionsCode.NOT_CAPTIONS) from error


def _bare(text: str) -> str:
    """Return SRT or WebVTT without tags and gaps, on which pysubs2 would spend hours."""
    return _GAP.sub("\n\n", _TAG.sub("", text)).replace("<", "&lt;")


def _words(text: str) -> str:
    """Return the words of a cue as pysubs2 keeps it, without the overrides of ASS."""
    return _OVERRIDE.sub("", text).replace(r"\h", " ").replace(r"\n", "\n").replace(r"\N", "\n")


def _draws(text: str) -> bool:
    """Say whether a cue draws shapes, whose numbers would be shown as words."""
    return any(_DRAWS.search(override) for override in _OVERRIDE.findall(text))


def _webvtt(cues: pysubs2.SSAFile) -> str:
    """Write the cues in order of time; drop drawings, comments and what lasts no time."""
    blocks = []
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        text = "" if cue.is_comment or _draws(cue.text) else _plain(_words(cue.text))
        start_ms = max(0, cue.start)
        if text and cue.end > start_ms:
            blocks.append(f"{_stamp(start_ms)} --> {_stamp(cue.end)}\n{text}\n")
    return "\n".join([EMPTY, *blocks[:CUES_MAX]])


def _plain(text: str) -> str:
    """Return printable lines without markup, escaped; no blank line, which would end the cue."""
    bare = unescape(_TAG.sub("", text))
    lines = ("".join(filter(is_shown, line)).strip() for line in bare.splitlines())
    kept = "\n".join(line for line in lines if line)[:CUE_MAX_CHARACTERS]
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stamp(at_ms: int) -> str:
    at_s, milliseconds = divmod(at_ms, 1000)
    minutes, seconds = divmod(at_s, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{milliseconds:03}"
