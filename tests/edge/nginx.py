"""A real nginx with the configuration that we hand out, on a loopback port."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess  # noqa: TID251 - starts a real nginx
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tools.s3_server import free_port

DEPLOYED = Path(__file__).parents[2] / "deploy" / "nginx"
MODULE = Path("/usr/lib/nginx/modules/ngx_http_js_module.so")


def nginx_path() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not found or not MODULE.exists():
        pytest.skip("needs nginx with its njs module (Debian: libnginx-mod-http-js)")
    return found


def configuration(home: Path, place: Path, port: int, edge_port: int, workers: int = 1) -> str:
    """Return a whole configuration around `antenne.conf`, its paths and ports put in place."""
    text = (DEPLOYED / "antenne.conf").read_text()
    for given, ours in (
        ("/var/lib/antenne", str(home)),
        ("/etc/nginx/antenne", str(DEPLOYED)),
        ("/var/log/nginx", str(place)),
        ("127.0.0.1:8080", f"127.0.0.1:{port}"),
        ("127.0.0.1:8001", f"127.0.0.1:{edge_port}"),
    ):
        assert given in text
        text = text.replace(given, ours)
    temporary = "\n".join(
        f"{kind}_temp_path {place}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = pwd.getpwuid(os.getuid()).pw_name if os.getuid() == 0 else ""
    return (
        f"load_module {MODULE};\n{f'user {user};' if user else ''}\n"
        f"worker_processes {workers};\ndaemon off;\nmaster_process on;\npid {place}/pid;\n"
        f"error_log {place}/error.log;\nevents {{ worker_connections 1024; }}\n"
        f"http {{ access_log off;\n{temporary}\n{text}\n}}\n"
    )


@contextmanager
def nginx_server(
    home: Path, place: Path, edge_port: int, workers: int = 1, further: str = ""
) -> Iterator[int]:
    """Yield the port of an nginx that serves *home*; *further* goes into its http block."""
    program, port = nginx_path(), free_port()
    text = configuration(home, place, port, edge_port, workers)
    (place / "nginx.conf").write_text(re.sub(r"\}\s*$", f"{further}}}\n", text))
    command = [program, "-p", str(place), "-c", str(place / "nginx.conf")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - a fixed command
    try:
        _wait(port, place)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(port: int, place: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}/internal/")
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((place / "error.log").read_text())
