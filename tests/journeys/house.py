"""A running platform for the journeys: its first administrator, its videos, its interface."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import StorageState

from benchmarks.commands import answered
from benchmarks.platform import Platform, eventually
from tests.clips import clip

NAME: Final = "Ada Harbour"
EMAIL: Final = "ada@example.org"
PASSWORD: Final = "correct horse battery staple"  # noqa: S105 - of a site that lives for minutes
LONG_S: Final = 180.0  # patience with an encode on a busy machine


@dataclass
class House:
    """A platform, who runs it, and which of the clips it has on the air."""

    platform: Platform
    state: StorageState | None = None
    _published: dict[str, str] = field(default_factory=dict)
    _http: httpx.Client | None = None

    def url(self, path: str = "/") -> str:
        """Return the address of a page."""
        return self.platform.url + path

    def setup_url(self) -> str:
        """Return the one-time link that the start has printed."""
        found = re.search(r"/setup/[\w-]+", self.platform.log.read_text())
        assert found is not None
        return self.url(found[0])

    def api(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the API as the administrator; raise httpx.HTTPStatusError."""
        if self._http is None:
            command = (sys.executable, "-m", "antenne.cli.main", "token", "create", "--user", EMAIL)
            token = answered(command, environment=self.platform.environment).split()[-1]
            self._http = httpx.Client(
                base_url=self.url("/api/v1/"),
                headers={"Authorization": f"Bearer {token}"},
                timeout=20,
            )
        answer = self._http.request(method, path, json=body)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json() if answer.content else {}
        return said

    def called(self, path: str, **arguments: str) -> str:
        """Call a function ("module:name") in the platform's own environment; return its answer."""
        words = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
        code = (
            f"from antenne.cli.late import platform_call; print(platform_call({path!r}, {words}))"
        )
        return answered((sys.executable, "-c", code), environment=self.platform.environment)

    def publish(self, file: Path, *, wait: bool = True) -> str:
        """Put a file in from the command line; return the video once it is complete, or plays."""
        events = list(self.platform.publish(file, wait=wait))
        assert events[-1].name == ("complete" if wait else "playable"), events
        return str(events[-1].data["video_id"])

    def published(self, name: str) -> str:
        """Return a complete video of a clip that journeys share and must not change."""
        if name not in self._published:
            self._published[name] = self.publish(clip(name))
        return self._published[name]

    def show(self, video: str, visibility: str, **more: str) -> None:
        """Change who may watch a video."""
        self.api("PUT", f"videos/{video}/visibility", {"visibility": visibility, **more})

    def playback(self, video: str) -> dict[str, Any]:
        """Return the addresses that play a video now."""
        return self.api("GET", f"videos/{video}/playback")

    def state_of(self, video: str) -> str:
        """Return how far a video has come."""
        return str(self.api("GET", f"videos/{video}")["state"])

    def complete(self, video: str) -> None:
        """Wait until all its qualities are there."""
        assert eventually(lambda: self.state_of(video) == "ready", LONG_S, pause_s=0.5)

    def remove(self, video: str) -> None:
        """Remove a video for ever."""
        self.api("DELETE", f"videos/{video}")

    def close(self) -> None:
        """Close the connection."""
        if self._http is not None:
            self._http.close()
