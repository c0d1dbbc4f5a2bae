"""Fetch the video behind an address with yt-dlp, which runs confined and sees only our proxy."""

from __future__ import annotations

import json
import ssl
import stat
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final

from antenne.processes.door import door_open
from antenne.processes.proxy import Fault, Proxy
from antenne.processes.runner import Limits, ProcessError, Sandbox, stream

PROGRAM: Final = Path(__file__).with_name("fetcher.py")
MEMORY_BYTES: Final = 2 * 1024**3
CPU_S: Final = 3600
# The program itself stops at the bound and says so; the kernel's limit is behind it.
FILE_SLACK_BYTES: Final = 16 * 1024**2
LINE_MAX_BYTES: Final = 256 * 1024
LINES_MAX: Final = 1_000_000
TRACKS_MAX: Final = 2
# Lines, and what joins or parts letters: whoever keeps a text decides of the rest.
_KEPT: Final = "\n\t\u200c\u200d"
_BOOT: Final = (
    "import runpy, sys; sys.path.append(sys.argv[1]); "
    "runpy.run_path(sys.argv[2], run_name='__main__')"
)


class FetchFault(StrEnum):
    """Why nothing was fetched."""

    ADDRESS_REFUSED = "address_refused"
    ADDRESS_UNREACHABLE = "address_unreachable"
    NOTHING_THERE = "nothing_there"
    NOT_OPEN = "not_open"
    SEVERAL = "several"
    LIVE = "live"
    INTERRUPTED = "interrupted"
    TOO_LARGE = "too_large"
    TOOK_TOO_LONG = "took_too_long"
    FAILED = "fetch_failed"


class FetchError(Exception):
    """Nothing was fetched; `detail` is for the operator."""

    def __init__(self, fault: FetchFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail

    def __str__(self) -> str:
        """Say the fault and the detail."""
        return f"{self.fault}: {self.detail}"


@dataclass(frozen=True)
class Bounds:
    """How many bytes the tracks may have together, and how long it may take in all."""

    max_bytes: int
    wall_s: float


@dataclass(frozen=True)
class CaptionFile:
    """Captions that came along; nobody has looked into the file yet."""

    path: Path
    language: str
    label: str


@dataclass(frozen=True)
class Fetched:
    """What came: one file, or picture and sound in two; what the site says of it, cleaned."""

    tracks: tuple[Path, ...] = ()
    captions: tuple[CaptionFile, ...] = ()
    title: str = ""
    description: str = ""
    language: str = ""


@dataclass
class _Report:
    """What the program has said so far."""

    fetched: Fetched = field(default_factory=Fetched)
    refused: FetchError | None = None


def fetch(
    url: str,
    *,
    folder: Path,
    proxy: Proxy,
    bounds: Bounds,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Fetched:
    """Fetch what is behind *url* into *folder*, which must be empty; raise FetchError.

    *on_progress* is told bytes done and bytes expected; an exception it raises ends the fetch.
    """
    (folder / "request.json").write_text(json.dumps({"url": url, "max_bytes": bounds.max_bytes}))
    limits = Limits(bounds.wall_s, CPU_S, MEMORY_BYTES, bounds.max_bytes + FILE_SLACK_BYTES)
    report = _Report()
    try:
        with door_open(proxy) as door:
            sandbox = Sandbox(folder, readable=readable_paths(), handed=(door,))
            with stream(_argv(), sandbox=sandbox, limits=limits, outputs=1) as running:
                for said in _lines(running.pipes[0]):
                    _take(said, report, folder, on_progress)
                running.wait()
    except ProcessError as error:
        raise _named(proxy, _of_process(error)) from error
    if report.refused is not None:
        raise _named(proxy, report.refused)
    return _checked(report.fetched, bounds)


def _argv() -> list[str]:
    packages = find_spec("yt_dlp")
    if packages is None or packages.origin is None:
        raise FetchError(FetchFault.FAILED, "yt-dlp is not installed")
    where = Path(packages.origin).parent.parent
    return [sys.executable, "-I", "-S", "-B", "-c", _BOOT, str(where), str(PROGRAM)]


@cache
def readable_paths() -> tuple[Path, ...]:
    """Return what Python and yt-dlp read: their code, and the certificates of the authorities."""
    authorities = ssl.get_default_verify_paths()
    given: tuple[str | Path, ...] = (
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("purelib"),
        Path(sys.base_prefix) / "lib",
        PROGRAM,
        Path(authorities.openssl_cafile).parent,
        authorities.openssl_capath,
        "/etc/ssl",
    )
    return tuple(path for path in map(Path, given) if path.exists())


def _lines(pipe: BinaryIO) -> Iterator[dict[str, object]]:
    for _ in range(LINES_MAX):
        line = pipe.readline(LINE_MAX_BYTES)
        if not line:
            return
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said


def _take(
    said: dict[str, object], report: _Report, folder: Path, on_progress: Callable[[int, int], None]
) -> None:
    match said.get("kind"):
        case "progress":
            on_progress(_number(said.get("done_bytes")), _number(said.get("total_bytes")))
        case "about":
            report.fetched = replace(
                report.fetched,
                title=_text(said.get("title"), 200),
                description=_text(said.get("description"), 10_000),
                language=_text(said.get("language"), 8),
            )
        case "caption":
            caption = _caption(said, folder)
            report.fetched = replace(report.fetched, captions=(*report.fetched.captions, caption))
        case "done":
            count = min(_number(said.get("tracks")), TRACKS_MAX)
            tracks = tuple(folder / f"track-{number}" for number in range(count))
            report.fetched = replace(report.fetched, tracks=tracks)
        case "refused":
            report.refused = FetchError(_fault(said.get("code")), _text(said.get("detail"), 1000))


def _caption(said: dict[str, object], folder: Path) -> CaptionFile:
    return CaptionFile(
        folder / Path(_text(said.get("file"), 40)).name,
        _text(said.get("language"), 16),
        _text(said.get("label"), 80),
    )


def _number(value: object) -> int:
    return max(0, value) if isinstance(value, int) else 0


def _text(value: object, length: int) -> str:
    """Return what is text, without what PostgreSQL and terminals stumble over."""
    shown = value if isinstance(value, str) else ""
    return "".join(sign for sign in shown if sign.isprintable() or sign in _KEPT)[:length]


def _fault(code: object) -> FetchFault:
    return next((fault for fault in FetchFault if fault == code), FetchFault.FAILED)


def _of_process(error: ProcessError) -> FetchError:
    if error.kind == "timeout":
        return FetchError(FetchFault.TOOK_TOO_LONG, "time is up")
    return FetchError(FetchFault.FAILED, str(error))


_OF_PROXY: Final = {
    Fault.TOO_MUCH: FetchFault.TOO_LARGE,
    Fault.ADDRESS: FetchFault.ADDRESS_REFUSED,
    Fault.STALLED: FetchFault.TOOK_TOO_LONG,
    Fault.UNRESOLVED: FetchFault.ADDRESS_UNREACHABLE,
    Fault.UNREACHABLE: FetchFault.ADDRESS_UNREACHABLE,
}
_SURE: Final = {
    FetchFault.TOO_LARGE,
    FetchFault.TOOK_TOO_LONG,
    FetchFault.SEVERAL,
    FetchFault.LIVE,
}


def _named(proxy: Proxy, said: FetchError) -> FetchError:
    """Prefer what the proxy saw over what the program made of it."""
    seen = dict(proxy.faults)
    if said.fault in _SURE and Fault.TOO_MUCH not in seen:
        return said
    for fault, name in _OF_PROXY.items():
        if fault in seen:
            return FetchError(name, seen[fault] or said.detail)
    return said


def _checked(fetched: Fetched, bounds: Bounds) -> Fetched:
    """Believe only in plain files, which are in the folder and not too large."""
    sizes = [_size(track) for track in fetched.tracks]
    if not sizes or 0 in sizes:
        raise FetchError(FetchFault.NOTHING_THERE, "no bytes came")
    if sum(sizes) > bounds.max_bytes:
        raise FetchError(FetchFault.TOO_LARGE, f"{sum(sizes)} bytes")
    return replace(fetched, captions=tuple(one for one in fetched.captions if _size(one.path)))


def _size(path: Path) -> int:
    """Return the size of a plain file, 0 for anything else: a link could lead out of the folder."""
    try:
        found = path.lstat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0
