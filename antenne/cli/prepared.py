"""Remember that a database was brought up to exactly this release, to start faster next time.

The note is only a hint: `/readyz` still counts the missing migrations, and the supervisor prepares
the database after all when the note was wrong (an older backup was restored, for instance).
"""

from __future__ import annotations

import hashlib
import sysconfig
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent.parent


def is_prepared(home: Path, database_url: str) -> bool:
    """Whether the note in *home* is about this release and this database."""
    note = _note(home)
    return note.exists() and note.read_text() == _digest(database_url)


def prepared_note(home: Path, database_url: str) -> None:
    """Write that the database is up to this release and has its administrator."""
    with suppress(OSError):  # on a full disk the next start takes longer, and that is all
        _note(home).write_text(_digest(database_url))


def _note(home: Path) -> Path:
    return home / "prepared"


def _digest(database_url: str) -> str:
    """Digest what decides which migrations there are, and which database they went to.

    The port is left out: that of the embedded database may change.
    """
    address = urlsplit(database_url)
    packages = Path(sysconfig.get_paths()["purelib"])
    names = [
        *sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.glob("*/migrations/*.py")),
        *sorted(path.name for path in packages.glob("*.dist-info")),
        f"{address.username}:{address.password}@{address.hostname}{address.path}",
    ]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
