"""Read the WebVTT that we keep (`antenne.ffmpeg.captions` wrote it): times and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

_TIMES: Final = re.compile(
    r"^(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})\s+-->\s+(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})"
)
_LINE_MAX_CHARS: Final = 110
_LINE_MAX_MS: Final = 8000
_PAUSE_MS: Final = 2500
_ENDS: Final = (".", "!", "?", "…", "。", "\uff01", "\uff1f")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said between two moments."""

    start_ms: int
    end_ms: int
    text: str


def cues_read(webvtt: str) -> Iterator[Cue]:
    """Return the cues of a file in order; what is none is passed over."""
    for block in re.split(r"\n\s*\n", webvtt.replace("\r\n", "\n")):
        lines = block.strip().split("\n")
        at = next((n for n, line in enumerate(lines[:2]) if "-->" in line), None)
        match = _TIMES.match(lines[at]) if at is not None else None
        if match is None or at is None:
            continue
        text = " ".join(unescape(" ".join(lines[at + 1 :])).split())
        if text:
            yield Cue(_at_ms(match, 1), _at_ms(match, 5), text)


def _at_ms(match: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (int(match.group(first + part) or 0) for part in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def cues_joined(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Return cues put together to what one reads at a glance: a sentence, at most eight seconds."""
    held: Cue | None = None
    for cue in cues:
        if held is not None and _goes_on(held, cue):
            held = Cue(held.start_ms, cue.end_ms, f"{held.text} {cue.text}")
            continue
        if held is not None:
            yield held
        held = cue
    if held is not None:
        yield held


def _goes_on(held: Cue, cue: Cue) -> bool:
    return (
        not held.text.endswith(_ENDS)
        and cue.start_ms - held.end_ms < _PAUSE_MS
        and cue.end_ms - held.start_ms <= _LINE_MAX_MS
        and len(held.text) + len(cue.text) < _LINE_MAX_CHARS
    )
