"""Where this site is, as whoever asks sees it, and the addresses that other programs are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from antenne.kernel.environment import environment

_EVERYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, never bound


@dataclass(frozen=True, slots=True)
class Place:
    """Addresses of this site as whoever asks sees them: pages and edge, without a last slash."""

    site: str
    edge: str

    def watch(self, public_id: str) -> str:
        """Return the address of a watch page."""
        return f"{self.site}/v/{public_id}"

    def file(self, public_id: str, ending: str) -> str:
        """Return the address that leads to a whole file, and has it made where there is none."""
        return f"{self.site}/v/{public_id}/file.{ending}"

    def embed(self, public_id: str) -> str:
        """Return the address of a player for other pages."""
        return f"{self.site}/embed/{public_id}"

    def channel(self, handle: str) -> str:
        """Return the address of a channel."""
        return f"{self.site}/c/{handle}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a feed is of: the whole site, or the channel, category, tag or search that *key* names.

    *language* leaves only the videos in that language, for readers that want one language a feed.
    """

    kind: str = "site"
    key: str = ""
    language: str = ""

    def path(self, form: str, cursor: str = "") -> str:
        """Return the path of this feed in a form such as `rss.xml`."""
        where = "" if self.kind == "site" else f"{self.kind}/{quote(self.key, safe='')}/"
        if self.kind == "search":
            where = "search/"
        asked = {
            "q": self.key if self.kind == "search" else "",
            "language": self.language,
            "after": cursor,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/feeds/{where}{form}" + (f"?{query}" if query else "")


def place_here() -> Place:
    """Return where this site is for work that nobody asks for through a page."""
    here = environment()
    host = here.host if here.host not in _EVERYWHERE else "127.0.0.1"
    return Place(
        site=here.public_url or f"http://{host}:{here.port}",
        edge=here.media_url or f"http://{host}:{here.edge_port}",
    )
