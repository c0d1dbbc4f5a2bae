"""A PostgreSQL for a test run, in which one database has every table already.

Making its files and applying every migration takes longer than many tests: what comes of it is
kept among the system's temporary files, under a name that the migrations and the packages make.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

import antenne
from antenne.processes.family import child_run
from antenne.processes.postgres import EmbeddedPostgres

TEMPLATE = "antenne_migrated"
KEPT_MOST = 4
_PACKAGE = Path(antenne.__file__).parent
_NOT_KEPT = frozenset({"programs", "lock", "log", "port"})


@contextmanager
def migrated_postgres() -> Iterator[EmbeddedPostgres]:
    """Run a fast PostgreSQL that holds the database `TEMPLATE`; delete it at the end."""
    with tempfile.TemporaryDirectory(prefix="antenne-postgres-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        with _kept_locked() as kept:
            if not kept.exists():
                _keep(kept)
            _copy(kept, home / "postgres")
        postgres = EmbeddedPostgres(home, fast=True)
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.destroy()


@contextmanager
def _kept_locked() -> Iterator[Path]:
    """Yield where the files of this state of the code lie; nobody else makes them meanwhile."""
    shelf = Path(tempfile.gettempdir(), f"antenne-test-postgres-{os.getuid()}")
    shelf.mkdir(mode=0o700, exist_ok=True)
    with (shelf / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shelf / f"{_digest()}"


def _digest() -> str:
    """Digest what decides the tables: our migrations, and the releases of others'."""
    said = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(_PACKAGE.glob("*/migrations/*.py")):
        said.update(f"{path.relative_to(_PACKAGE)}\n".encode() + path.read_bytes())
    packages = Path(sysconfig.get_paths()["purelib"])
    said.update("\n".join(sorted(path.name for path in packages.glob("*.dist-info"))).encode())
    return said.hexdigest()[:16]


def _keep(kept: Path) -> None:
    """Make a server, let it come to rest and put its files on the shelf, beside few others."""
    with tempfile.TemporaryDirectory(prefix="antenne-postgres-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        with EmbeddedPostgres(home, fast=True) as postgres:
            _migrate(postgres.url)
        draft = kept.with_name("draft")
        shutil.rmtree(draft, ignore_errors=True)
        _copy(home / "postgres", draft)
        draft.rename(kept)
    _others_forget(kept.parent)


def _others_forget(shelf: Path) -> None:
    folders = [path for path in shelf.iterdir() if path.is_dir()]
    for other in sorted(folders, key=lambda path: path.stat().st_mtime)[:-KEPT_MOST]:
        shutil.rmtree(other)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder with its owners and rights, which matter to PostgreSQL."""
    target.mkdir()
    for path in source.iterdir():
        if path.name in _NOT_KEPT:
            continue
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
            _rights_copy(path, target / path.name)
    _rights_copy(source, target)


def _rights_copy(source: Path, target: Path) -> None:
    found = source.stat()
    os.chown(target, found.st_uid, found.st_gid)
    target.chmod(found.st_mode & 0o7777)


def _migrate(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    database_url = f"{server_url.rpartition('/')[0]}/{TEMPLATE}"
    status, said = child_run(
        (sys.executable, "-m", "django", "migrate", "--verbosity=0"),
        {
            **os.environ,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "antenne.config.settings",
        },
    )
    assert status == 0, said
