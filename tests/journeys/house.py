"""A running platform for the journeys: its first administrator, its videos, its interface."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import sleep
from typing import Any, Final

import httpx
from playwright.sync_api import StorageState

from antenne.custody.selectors import Remembered
from antenne.web.strangers import KEPT_S
from benchmarks.commands import answered
from benchmarks.platform import Platform, eventually
from tests.cast import PASSWORD as CAST_PASSWORD
from tests.clips import clip

NAME: Final = "Ada Harbour"
EMAIL: Final = "ada@example.org"
PASSWORD: Final = "correct horse battery staple"  # noqa: S105 - of a site that lives for minutes
LONG_S: Final = 180.0  # patience with an encode on a busy machine
# Processes read the settings again within a second, and lists are handed out for one more.
_HEARD_S: Final = Remembered().fresh_s + KEPT_S


@dataclass(frozen=True)
class Newcomer:
    """Somebody who has an account of their own, and nothing yet."""

    name: str
    email: str
    password: str = CAST_PASSWORD


@dataclass
class House:
    """A platform, who runs it, and which of the clips it has on the air.

    Journeys share it, in any order and some of them twice: what one of them counts, or takes the
    first of, it brings itself; what it changes for all, it puts back.
    """

    platform: Platform
    state: StorageState | None = None
    _published: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
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

    def fresh(self, word: str) -> str:
        """Return a word like this that nobody has used on this site."""
        return f"{word}{next(self._numbers)}"

    def newcomer(self, name: str) -> Newcomer:
        """Make an account for somebody who is called so, and a number."""
        name = self.fresh(name)
        self.called("tests.cast:person_make", name=name)
        return Newcomer(name, f"{name.lower()}@example.org")

    @contextmanager
    def restoring(self, setting: str) -> Iterator[None]:
        """Put a setting back in the end, whatever becomes of it meanwhile."""
        before = self.api("GET", f"desk/settings/{setting}")["value"]
        try:
            yield
        finally:
            self.say(setting, before)

    def say(self, setting: str, value: dict[str, Any]) -> None:
        """Change fields of a setting, and wait until strangers are answered so."""
        self.api("PATCH", f"desk/settings/{setting}", {"value": value})
        self.heard()

    def heard(self) -> None:
        """Wait until what an operator has just said holds in every process, for everybody."""
        sleep(_HEARD_S)

    def publish(self, file: Path, *, by: str = "", wait: bool = True) -> str:
        """Put a file in from the command line; return the video once it is complete, or plays.

        It belongs to whom the address *by* names, else to the administrator.
        """
        events = list(self.platform.publish(file, by=by, wait=wait))
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
