"""A real S3 server for tests: OpenStack Swift with its S3 interface, on loopback.

`python -m tools.s3_server DIR` runs it until interrupted and prints how to reach it. Swift lives in
a virtual environment of its own below the cache folder, because nothing of ours depends on it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess  # noqa: TID251 - a development tool, not part of the product
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from antenne.kernel.clock import now
from antenne.kernel.storage.sigv4 import Call, Credentials, headers_signed

PACKAGES: Final = ("swift==2.38.3", "pyeclib==1.8.0", "setuptools<81")
KEY: Final = "test:tester"
SECRET: Final = "testing"  # noqa: S105 - a throw-away server on loopback
BUCKET: Final = "antenne"
_READY_S: Final = 60.0
_SERVERS: Final = ("account", "container", "object")


class S3ServerUnavailable(Exception):
    """The server could not be installed or did not start; the message says why."""


@dataclass(frozen=True)
class S3Server:
    """How to reach a running server; the bucket is made by `s3_server`."""

    endpoint: str
    key: str = KEY
    secret: str = SECRET
    bucket: str = BUCKET
    region: str = "us-east-1"


def cache_folder() -> Path:
    """Return where Swift is installed: `ANTENNE_TOOLS_CACHE`, or the user's cache folder."""
    base = os.environ.get("ANTENNE_TOOLS_CACHE") or "~/.cache/antenne"
    return Path(base).expanduser() / "swift"


def installed() -> Path:
    """Install Swift where it is missing and return the folder of its programs."""
    folder = cache_folder()
    programs = folder / "bin"
    if (folder / "ready").exists():
        return programs
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [str(programs / "pip"), "install", "--quiet", *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    if done.returncode:
        msg = f"OpenStack Swift cannot be installed: {done.stderr[-500:]}"
        raise S3ServerUnavailable(msg)
    (folder / "ready").touch()
    return programs


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configure(folder: Path, programs: Path) -> tuple[dict[str, Path], int]:
    """Write the settings and rings of one Swift below *folder*; return the files and the port."""
    user = pwd.getpwuid(os.getuid()).pw_name
    ports = {name: free_port() for name in (*_SERVERS, "proxy")}
    (folder / "disks" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_suffix = antenne\n"
        "[storage-policy:0]\nname = default\ndefault = yes\n"
    )
    files = {}
    for name in (*_SERVERS, "proxy"):
        head = (
            f"[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = {ports[name]}\nworkers = 1\n"
            f"user = {user}\nswift_dir = {folder}\nlog_address = {folder}/none\n"
        )
        files[name] = folder / f"{name}.conf"
        files[name].write_text(head + (_PROXY if name == "proxy" else _backend(folder, name)))
    for name in _SERVERS:
        _ring(folder, programs, name, ports[name])
    return files, ports["proxy"]


_PROXY: Final = """
[pipeline:main]
pipeline = catch_errors proxy-logging cache listing_formats bulk s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
dns_compliant_bucket_names = true
min_segment_size = 5242880
location = us-east-1
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:proxy-logging]
use = egg:swift#proxy_logging
access_log_address = /dev/null
"""


def _backend(folder: Path, name: str) -> str:
    return (
        f"devices = {folder}/disks\nmount_check = false\ndisable_fallocate = true\n"
        f"fallocate_reserve = 0\n[pipeline:main]\npipeline = {name}-server\n"
        f"[app:{name}-server]\nuse = egg:swift#{name}\n"
    )


def _ring(folder: Path, programs: Path, name: str, port: int) -> None:
    builder = str(folder / f"{name}.builder")
    for arguments in (
        ["create", "4", "1", "1"],
        ["add", f"r1z1-127.0.0.1:{port}/d1", "1"],
        ["rebalance"],
    ):
        command = [str(programs / "swift-ring-builder"), builder, *arguments]
        subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - a fixed command


@contextmanager
def _daemon(programs: Path, name: str, config: Path) -> Iterator[None]:
    environment = {**os.environ, "EVENTLET_NO_GREENDNS": "yes"}
    with config.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - a fixed command
            [programs / f"swift-{name}-server", config],
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def s3_server(folder: Path) -> Iterator[S3Server]:
    """Run a server whose data lie in the empty *folder*; its processes end with the block."""
    programs = installed()
    files, port = configure(folder, programs)
    server = S3Server(endpoint=f"http://127.0.0.1:{port}")
    with ExitStack() as stack:
        for name in (*_SERVERS, "proxy"):
            stack.enter_context(_daemon(programs, name, files[name]))
        _wait_and_make_bucket(server)
        yield server


def _wait_and_make_bucket(server: S3Server) -> None:
    who = Credentials(key=server.key, secret=server.secret, region=server.region)
    call = Call(method="PUT", url=f"{server.endpoint}/{server.bucket}", query=(), body=b"")
    until = time.monotonic() + _READY_S
    last = "no answer"
    while time.monotonic() < until:
        try:
            answer = httpx.put(call.url, headers=headers_signed(call, who, at=now()), timeout=30)
        except httpx.HTTPError as error:
            last = str(error)
        else:
            if answer.is_success:
                return
            last = f"{answer.status_code} {answer.text[:200]}"
        time.sleep(0.2)
    msg = f"OpenStack Swift did not start: {last}"
    raise S3ServerUnavailable(msg)


def main() -> None:
    """Run the server until interrupted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # ends the daemons too
    folder = Path(sys.argv[1]).absolute()
    folder.mkdir(parents=True)
    with s3_server(folder) as server:
        sys.stdout.write(
            f"ANTENNE_STORAGE=s3://{server.bucket} ANTENNE_S3_ENDPOINT={server.endpoint} "
            f"ANTENNE_S3_KEY={server.key} ANTENNE_S3_SECRET={server.secret}\n"
        )
        sys.stdout.flush()
        signal.pause()


if __name__ == "__main__":
    main()
