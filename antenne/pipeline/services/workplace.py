"""A private folder for one piece of work, with the source file in it and nothing else."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antenne.ffmpeg.clocks import ClockJumps, clock_even
from antenne.ffmpeg.probe import Probe, source_probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Dub, Upload
from antenne.processes.runner import Limits, ProcessError, Sandbox

SOURCE_NAME: Final = "source"
QUALITY_NICE: Final = 10
_GIB: Final = 1024**3
_CACHE_KEEP: Final = 8
# Between making a folder and holding it.
_YOUNG_S: Final = 10


@dataclass(frozen=True, slots=True)
class Workplace:
    """The folder, the source in it (no extension: none is believed), and what may be read."""

    folder: Path
    source: Path

    def sandbox(self, *, nice: int = 0) -> Sandbox:
        """Return the confinement of a program that works here."""
        return Sandbox(folder=self.folder, readable=(self.source,), nice=nice)


def limits_for(*, media_ms: int) -> Limits:
    """Bound one program by the length of what it reads: generous for slow machines, finite."""
    media_s = media_ms / 1000
    return Limits(
        wall_s=600 + 60 * media_s,
        cpu_s=int(600 + 120 * media_s),
        memory_bytes=12 * _GIB,
        file_bytes=4 * _GIB,
    )


@contextmanager
def folder_held(prefix: str) -> Iterator[Path]:
    """Open a private folder that the sweep leaves alone; it is deleted at the end."""
    root = environment().home / "work"
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}-", dir=root))
    # Held as long as this process lives: by it the sweep knows a folder in use from a leftover.
    hold = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(hold, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(hold)


@contextmanager
def workplace(upload: Upload | Dub) -> Iterator[Workplace]:
    """Open a private folder with the source linked into it; it is deleted at the end."""
    with folder_held(str(upload.pk)) as folder:
        source = folder / SOURCE_NAME
        _link(_source_local(upload), source)
        yield Workplace(folder=folder, source=source)


def _link(kept: Path, source: Path) -> None:
    """Link the kept file, or copy it where the folders lie on two file systems."""
    try:
        os.link(kept, source)
    except OSError:
        shutil.copyfile(kept, source)


def _source_local(upload: Upload | Dub) -> Path:
    """Return the source as a local file; from a bucket it is fetched once per host."""
    storage = storage_open(environment())
    path = storage.local_path(upload.object_key)
    if path is not None:
        return path
    cache = environment().home / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / str(upload.pk)
    with (cache / f".{upload.pk}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            storage.fetch(upload.object_key, kept)
            _cache_shrink(cache)
    return kept


def source_probed(upload: Upload | Dub, place: Workplace) -> Probe:
    """Look into a source; one whose clock jumps, or that has none, is replaced by an even one.

    Raises SourceRefused.
    """
    try:
        return source_probe(place.source, folder=place.folder)
    except ClockJumps as error:
        mending, even = error.mending, place.folder / "even.mkv"
    try:
        clock_even(place.source, even, mending=mending)
    except ProcessError as error:
        raise SourceRefused(RefusalCode.DAMAGED, str(error)) from error
    probe = source_probe(even, folder=place.folder)
    _source_replace(upload, even)
    return probe


def _source_replace(upload: Upload | Dub, path: Path) -> None:
    """Keep the file at *path* as the source; only before anything else has read it."""
    storage_open(environment()).put_file(upload.object_key, path)
    with suppress(FileNotFoundError):
        (environment().home / "cache" / str(upload.pk)).unlink()


def _cache_shrink(cache: Path) -> None:
    """Keep the sources fetched last; one that is in use stays readable by its link."""
    kept = sorted(
        (path for path in cache.iterdir() if not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in kept[_CACHE_KEEP:]:
        with suppress(FileNotFoundError):
            path.unlink()
            (cache / f".{path.name}.lock").unlink()


def workplaces_sweep() -> int:
    """Delete the folders that killed workers of this host left behind; return how many."""
    root = environment().home / "work"
    return sum(_left_delete(folder) for folder in (root.iterdir() if root.is_dir() else ()))


def _left_delete(folder: Path) -> bool:
    """Delete a folder that nobody holds and that was not made just now."""
    try:
        if time.time() - folder.stat().st_mtime < _YOUNG_S:
            return False
        hold = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        shutil.rmtree(folder, ignore_errors=True)
        return True
    finally:
        os.close(hold)
