"""What `antenne doctor` looks at; each check returns findings and never raises."""

from __future__ import annotations

import shutil
import stat
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psycopg

from antenne.cli.ports import port_is_free, status_of
from antenne.ffmpeg.binaries import BinaryMissing, capabilities
from antenne.kernel.environment import Environment
from antenne.kernel.hosts import host_is_loopback
from antenne.kernel.storage.opening import storage_open
from antenne.processes.postgres import PostgresRefused, embedded_url
from antenne.processes.postgres_account import account_choose, place_find
from antenne.processes.postgres_programs import package_version
from antenne.processes.runner import ProcessError, confinement_report

PACKAGE = Path(__file__).resolve().parent.parent
POSTGRES_MIN = 15
CONNECTIONS_MIN = 40
CLOCK_SKEW_S = 2.0
DISK_COMFORT = 5
OK = 200


class State(StrEnum):
    """How a finding stands."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, what was seen, and how to mend it."""

    name: str
    state: State
    detail: str
    mend: str = ""


def ffmpeg_check(_settings: Environment) -> list[Finding]:
    """Look for both programs and everything that the pipeline asks of them."""
    mend = "Run `make setup`, or point ANTENNE_FFMPEG and ANTENNE_FFPROBE to full builds."
    try:
        found = capabilities()
    except (BinaryMissing, ProcessError) as error:
        return [Finding("ffmpeg", State.WRONG, str(error), mend)]
    if found.missing:
        return [Finding("ffmpeg", State.WRONG, f"lacks {', '.join(found.missing)}", mend)]
    versions = f"ffmpeg {found.ffmpeg_version}, ffprobe {found.ffprobe_version}"
    return [Finding("ffmpeg", State.OK, versions)]


def confinement_check(_settings: Environment) -> list[Finding]:
    """Say which mechanisms keep a hostile file from harming the host."""
    try:
        report = confinement_report()
    except (OSError, ProcessError) as error:
        return [Finding("confinement", State.WRONG, str(error), "Uploads cannot be processed.")]
    mend = (
        "Programs that read uploads run with less protection: use Linux 6.7 or newer with "
        "Landlock, and allow user namespaces."
    )
    absent = [name for name, value in report.items() if not value]
    held = ", ".join(f"{name} {value}" for name, value in report.items() if value)
    state = State.WARNING if absent else State.OK
    detail = f"{held}; absent: {', '.join(absent)}" if absent else held
    return [Finding("confinement", state, detail, mend)]


def database_check(settings: Environment) -> list[Finding]:
    """Reach the database, or say whether the embedded one could be started."""
    try:
        address = settings.database_url or embedded_url(settings.home)
        if not address:
            return [_embedded_check(settings)]
        with psycopg.connect(address, connect_timeout=5) as connection:
            return _server_check(connection)
    except PostgresRefused as error:
        return [Finding("database", State.WRONG, str(error), "Mend this, or set DATABASE_URL.")]
    except psycopg.Error as error:
        mend = "Check DATABASE_URL, and that the server runs and lets this host in."
        return [Finding("database", State.WRONG, str(error).strip(), mend)]


def disk_check(settings: Environment) -> list[Finding]:
    """Compare the free space with what uploads must leave free."""
    folder = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free, reserve = shutil.disk_usage(folder).free, settings.disk_reserve_bytes
    detail = f"{free / 1e9:.1f} GB free in {folder}, {reserve / 1e9:.1f} GB kept in reserve"
    mend = "Make room, move ANTENNE_HOME, or lower ANTENNE_DISK_RESERVE_BYTES."
    if free <= reserve:
        return [Finding("disk", State.WRONG, detail, mend)]
    state = State.OK if free > DISK_COMFORT * reserve else State.WARNING
    return [Finding("disk", state, detail, mend)]


def ports_check(settings: Environment) -> list[Finding]:
    """Each port must be free or already ours."""
    ports = (("ANTENNE_PORT", settings.port), ("ANTENNE_EDGE_PORT", settings.edge_port))
    return [_port_check(settings.host, name, port) for name, port in ports]


def storage_check(settings: Environment) -> list[Finding]:
    """Write, read and delete an object."""
    place = settings.storage or str(settings.home / "objects")
    key = f"doctor/{uuid.uuid4()}"
    try:
        storage = storage_open(settings)
        storage.put(key, b"antenne")
        whole = storage.get(key) == b"antenne"
        storage.delete(key)
    except Exception as error:  # noqa: BLE001 (every store fails in its own way; all are findings)
        mend = "Check the rights on this folder, or the bucket and its ANTENNE_S3_ variables."
        return [Finding("storage", State.WRONG, f"{place}: {error}", mend)]
    state = State.OK if whole else State.WRONG
    return [Finding("storage", state, place, "The store returned other bytes than it was given.")]


def secret_check(settings: Environment) -> list[Finding]:
    """The secret that signs everything must be readable by its owner alone."""
    path = settings.home / "secret"
    if not path.exists():
        return [Finding("secret", State.OK, "given by ANTENNE_SECRET")]
    open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    state = State.WRONG if open_to_others else State.OK
    return [Finding("secret", state, str(path), f"Run `chmod 600 {path}`.")]


def address_check(settings: Environment) -> list[Finding]:
    """Under which address people come must be said wherever strangers may come too."""
    if settings.public_url:
        return [Finding("address", State.OK, settings.public_url)]
    detail = "pages, feeds and rates believe what each request says of itself"
    mend = "Set ANTENNE_PUBLIC_URL to the address that people use, before strangers can reach it."
    near = host_is_loopback(settings.host) and not settings.secure
    return [Finding("address", State.OK if near else State.WARNING, detail, mend)]


def pages_check(_settings: Environment) -> list[Finding]:
    """Scripts, styles, fonts and translations are built files; look whether they are there."""
    dist = PACKAGE / "web" / "static" / "dist"
    fonts = list(dist.rglob("*.woff2"))
    translations = list((PACKAGE / "locale").rglob("*.mo"))
    mend = "Run `make setup`."
    return [
        _built("pages", (dist / "manifest.json").exists(), "scripts and styles", mend),
        _built("fonts", bool(fonts), f"{len(fonts)} font files", mend),
        _built("translations", bool(translations), f"{len(translations)} catalogues", mend),
    ]


Check = Callable[[Environment], list[Finding]]
CHECKS: tuple[Check, ...] = (
    disk_check,
    secret_check,
    address_check,
    database_check,
    storage_check,
    ports_check,
    ffmpeg_check,
    confinement_check,
    pages_check,
)


def _embedded_check(settings: Environment) -> Finding:
    """The embedded database does not run: say whether `antenne serve` could start it."""
    place = place_find(settings.home)
    account = account_choose()
    where = f"data in {place}" if place else "no data yet"
    who = f"runs as account {account.uid}" if account.switch else "runs as this account"
    detail = f"embedded PostgreSQL {package_version()}, stopped; {where}; {who}"
    return Finding("database", State.OK, detail)


def _server_check(connection: psycopg.Connection[tuple[object, ...]]) -> list[Finding]:
    version = connection.info.server_version // 10_000
    detail = f"PostgreSQL {version}, reached"
    if version < POSTGRES_MIN:
        mend = f"Upgrade the server to PostgreSQL {POSTGRES_MIN} or newer."
        return [Finding("database", State.WRONG, detail, mend)]
    row = connection.execute(
        "SELECT current_setting('max_connections')::int, extract(epoch FROM clock_timestamp()),"
        " has_database_privilege(current_database(), 'CREATE'),"
        " EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm')"
    ).fetchone()
    connections, clock_s, may_create, trigrams = row or (0, 0, False, False)
    skew_s = abs(float(str(clock_s)) - time.time())
    rights = "The database's user must own the database: migrations create tables in it."
    room = f"Set max_connections to {CONNECTIONS_MIN} or more."
    return [
        Finding("database", State.OK if may_create else State.WRONG, detail, rights),
        Finding(
            "connections",
            State.OK if int(str(connections)) >= CONNECTIONS_MIN else State.WARNING,
            f"up to {connections}",
            room,
        ),
        Finding(
            "trigrams",
            State.OK if trigrams else State.WARNING,
            "search understands typos" if trigrams else "the extension pg_trgm is not installed",
            "Install PostgreSQL's contrib package before the first migration.",
        ),
        Finding(
            "clock",
            State.OK if skew_s < CLOCK_SKEW_S else State.WRONG,
            f"{skew_s:.1f} s from the database's",
            "Signed paths depend on the time: keep both clocks right with NTP.",
        ),
    ]


def _port_check(host: str, name: str, port: int) -> Finding:
    if port_is_free(host, port):
        return Finding(name, State.OK, f"{host}:{port} is free")
    if status_of(host, port, "/healthz") == OK:
        return Finding(name, State.OK, f"{host}:{port} is served by Antenne")
    mend = f"Stop the program that listens there, or set {name} to a free port."
    return Finding(name, State.WRONG, f"{host}:{port} is taken by another program", mend)


def _built(name: str, is_there: bool, detail: str, mend: str) -> Finding:  # noqa: FBT001
    if is_there:
        return Finding(name, State.OK, detail)
    return Finding(name, State.WRONG, "not built", mend)
