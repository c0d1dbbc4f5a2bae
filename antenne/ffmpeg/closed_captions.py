"""Read the closed captions that broadcasts carry inside their pictures (EIA-608 in ATSC A/53).

ffmpeg finds them while it decodes. A screen whose lines roll up is told anew with each line that
comes; here every line is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.captions import (
    CAPTIONS_MAX_BYTES,
    EMPTY,
    CaptionsRefused,
    captions_cues,
    captions_of_cues,
)
from antenne.ffmpeg.streams import Probe
from antenne.processes.runner import Limits, ProcessError, Sandbox, run

CLOSED_CODEC: Final = "eia_608"
"""What ffmpeg calls closed captions that have a track of their own, as in QuickTime files."""
# The name of the file is a part of the filter, in which other names would have to be escaped.
_LINK: Final = "pictures"
_FIELDS: Final = ("first", "second")
_STREAMS_BEFORE: Final = len(_FIELDS)
# A picture lasts up to a twelfth of a second: what begins so soon after took the other's place.
_AT_ONCE_MS: Final = 100
# A line can hardly be read in less: the one that comes so soon is shown together with it.
_SOON_MS: Final = 1200
_ROWS_MOST: Final = 4
# After so long without a new word television sets clear their screen.
_LONGEST_MS: Final = 16_000

Cue = tuple[int, int, str]
"""Start and end in milliseconds, text."""


@dataclass
class _Line:
    """One line, when it came and when it was gone from the screen."""

    came_ms: int
    gone_ms: int
    text: str


def closed_captions_extract(
    path: Path, *, folder: Path, probe: Probe, limits: Limits, nice: int = 0
) -> tuple[str, str]:
    """Return the WebVTT of the two fields, without cues where there is nothing (to be read).

    All pictures are decoded once; nothing is written but below *folder*. The first field holds
    the captions (CC1), the second those in another language where there are any (CC3).
    """
    if probe.video is None:
        return EMPTY, EMPTY
    link = folder / _LINK
    link.unlink(missing_ok=True)
    link.symlink_to(path)
    made = [folder / f"{field}.vtt" for field in _FIELDS]
    bounded = Limits(limits.wall_s, limits.cpu_s, limits.memory_bytes, CAPTIONS_MAX_BYTES)
    sandbox = Sandbox(folder, readable=(path,), nice=nice)
    try:
        run(_argv(probe, made), sandbox=sandbox, limits=bounded)
        start_ms = round(probe.start_s * 1000)
        first, second = (closed_captions_tidy(_read(file), start_ms=start_ms) for file in made)
    except (ProcessError, CaptionsRefused, OSError):
        return EMPTY, EMPTY
    return first, second


def _argv(probe: Probe, made: list[Path]) -> list[str]:
    """Return the command that decodes the link in its folder and writes both fields."""
    wanted = enumerate(zip(_FIELDS, made, strict=True), start=_STREAMS_BEFORE)
    argv = [str(ffmpeg_path()), "-hide_banner", "-nostdin", "-nostats", "-v", "error", "-copyts"]
    ends: list[str] = []
    for index, (field, file) in wanted:
        argv += [f"-data_field:{index}", field]
        ends += ["-map", f"0:{index}", "-c:s", "webvtt", "-f", "webvtt", str(file)]
    return [*argv, "-f", "lavfi", "-i", _graph(probe), *ends]


def _graph(probe: Probe) -> str:
    """Return the filter that reads one stream by the demuxer that the probe found, and no other.

    The pictures come out twice, because each output has one track of captions beside it.
    """
    index = probe.video.index if probe.video else 0
    opened = f"f={probe.container.partition(',')[0]}:s={index}:dec_threads=1"
    return (
        f"movie={_LINK}:{opened}:format_opts='protocol_whitelist=file\\,pipe'"
        ",split[out0+subcc][out1+subcc]"
    )


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def closed_captions_tidy(text: str, *, start_ms: int = 0) -> str:
    """Return WebVTT as ffmpeg writes it of closed captions with every line said once.

    *start_ms* is the zero to count from. Raises CaptionsRefused for what is no WebVTT.
    """
    moved = ((start - start_ms, end - start_ms, words) for start, end, words in captions_cues(text))
    return captions_of_cues(lines_once(moved))


def lines_once(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Return cues in which a line that stays on the screen while others come is said once."""
    group: list[_Line] = []
    for line in _lines(cues):
        if group and not _together(group, line):
            yield _cue(group, until_ms=line.came_ms)
            group = []
        group.append(line)
    if group:
        yield _cue(group, until_ms=group[-1].gone_ms)


def _lines(cues: Iterable[Cue]) -> list[_Line]:
    """Return each line once; one that is still there in the next cue is gone later."""
    found: list[_Line] = []
    seen: list[_Line] = []
    cleared_ms = 0
    for start_ms, end_ms, text in cues:
        rows = [" ".join(row.split()) for row in text.splitlines() if row.strip()]
        if start_ms - cleared_ms > _AT_ONCE_MS:
            seen = []
        stays = seen[len(seen) - _overlap(seen, rows) :]
        for line in stays:
            line.gone_ms = end_ms
        came = [_Line(start_ms, end_ms, row) for row in rows[len(stays) :]]
        found += came
        seen = stays + came
        cleared_ms = end_ms
    return found


def _overlap(seen: list[_Line], rows: list[str]) -> int:
    """Return how many of the last lines on the screen are the first of the next one."""
    texts = [line.text for line in seen]
    longest = min(len(texts), len(rows))
    return next((n for n in range(longest, 0, -1) if texts[-n:] == rows[:n]), 0)


def _together(group: list[_Line], line: _Line) -> bool:
    """Say whether a line came while the others were there, and too soon for them to be read."""
    later_ms = line.came_ms - group[0].came_ms
    soon = later_ms < _SOON_MS and len(group) < _ROWS_MOST
    return later_ms == 0 or (soon and group[-1].gone_ms > line.came_ms)


def _cue(group: list[_Line], *, until_ms: int) -> Cue:
    came_ms = group[0].came_ms
    gone_ms = max(line.gone_ms for line in group)
    end_ms = min(gone_ms, until_ms, came_ms + _LONGEST_MS)
    return came_ms, end_ms, "\n".join(line.text for line in group)
