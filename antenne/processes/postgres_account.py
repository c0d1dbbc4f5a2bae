"""Who runs the embedded PostgreSQL, and where its files lie: never root, never out of reach."""

from __future__ import annotations

import ctypes
import hashlib
import os
import pwd
import signal
import stat
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CANDIDATES = ("antenne", "postgres", "nobody")
ELSEWHERE = Path("/var/lib/antenne")
SHARED_MODE = 0o711


class PostgresRefused(Exception):
    """The embedded PostgreSQL cannot run; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The system account that owns the data; `switch` says that we are root and must become it."""

    uid: int
    gid: int
    switch: bool

    def spawn(
        self,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        output: int = subprocess.PIPE,
        tied: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start *argv* as this account in a session of its own, with a bare environment.

        A terminal's Ctrl-C does not reach it, and no PG* variable of the caller can lead it astray.
        *tied*: it is interrupted when the thread that called ends; for programs with one thread.
        """
        return subprocess.Popen(  # noqa: S603 (argv is ours and no shell reads it)
            [str(word) for word in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **(environment or {})},
            start_new_session=True,
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
            umask=0o077,
            preexec_fn=_tie if tied else None,  # noqa: PLW1509 (see *tied*)
        )

    def run(
        self,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        timeout_s: float | None = 120,
    ) -> str:
        """Run *argv* as this account and return what it printed.

        Raises PostgresRefused with its last lines when it fails or takes too long.
        """
        name = Path(argv[0]).name
        try:
            process = self.spawn(argv, environment=environment)
        except OSError as error:
            raise PostgresRefused(f"{name} cannot be run: {error}") from error
        try:
            printed, _ = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise PostgresRefused(f"{name} did not end within {timeout_s} s") from error
        text = printed.decode(errors="replace")
        if process.returncode != 0:
            tail = "\n".join(text.strip().splitlines()[-8:])
            raise PostgresRefused(f"{name} ended with status {process.returncode}:\n{tail}")
        return text

    def own(self, path: Path) -> None:
        """Give *path* to this account."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """Whether this account can enter *folder*; tried for real, so that ACLs count too."""
        if not self.switch:
            return os.access(folder, os.X_OK)
        try:
            self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", folder])
        except PostgresRefused:
            return False
        return True


_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def _tie() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


def account_choose(data: Path | None = None) -> Account:
    """Choose the account: ourselves, or as root the owner of *data*, else an existing account.

    Raises PostgresRefused when root finds no other account, or *data* belongs to another person.
    """
    owner = data.stat() if data is not None else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise PostgresRefused(
                f"{data} belongs to another account: start as that one, or as root"
            )
        return Account(os.geteuid(), os.getegid(), switch=False)
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, switch=True)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, switch=True)
    raise PostgresRefused(
        "PostgreSQL refuses to run as root and no other account exists: "
        "add one with `useradd --system antenne`, or set DATABASE_URL"
    )


def place_find(home: Path) -> Path | None:
    """Return the folder of the database of *home*, or None when there is none yet.

    Raises PostgresRefused when *home* points to a folder that is gone.
    """
    note = home / "postgres"
    if note.is_symlink() and not note.exists():
        raise PostgresRefused(
            f"the database of {home} lay in {note.readlink()}, which is gone: bring it back, "
            f"or remove {note} to begin with an empty one"
        )
    return note.resolve() if note.exists() else None


def place_make(home: Path, account: Account) -> Path:
    """Return the folder of the database of *home*, made on the first call.

    It lies below *home*, or below /var/lib/antenne when *account* cannot enter *home*
    (a home directory closed to others); *home* then holds a link to it.
    """
    place = place_find(home)
    if place is None:
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        note = home / "postgres"
        if account.reaches(home):
            note.mkdir(mode=SHARED_MODE)
        else:
            note.symlink_to(_place_elsewhere(home))
        place = note.resolve()
    if account.switch and stat.S_IMODE(place.stat().st_mode) & SHARED_MODE != SHARED_MODE:
        place.chmod(SHARED_MODE)
    if not account.reaches(place):
        raise PostgresRefused(
            f"the account {account.uid} that runs PostgreSQL cannot enter {place}"
        )
    return place


def _place_elsewhere(home: Path) -> Path:
    """Make a folder of its own, for a home that was deleted must not hand its rows to the next."""
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    try:
        ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{digest}-", dir=ELSEWHERE))
    except OSError as error:
        raise PostgresRefused(
            f"{home} is closed to the account that runs PostgreSQL and {ELSEWHERE} cannot be "
            f"written ({error}): choose another ANTENNE_HOME, or set DATABASE_URL"
        ) from error
    folder.chmod(SHARED_MODE)
    return folder
