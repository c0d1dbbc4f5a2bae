"""Decides whether a signed path may be followed now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antenne.edge.epochs import Epochs
from antenne.kernel.signing import (
    PICTURES,
    PICTURES_ID,
    PUBLIC,
    MediaPath,
    media_path_parse,
    media_token_holds,
)

_MAX_REMEMBERED: Final = 50_000


@dataclass(frozen=True, slots=True)
class Grant:
    """A prefix whose signature is ours; *expires_s* is in Unix seconds or `PUBLIC`.

    Of some videos everybody may have the *pictures*, and nothing else by the same path.
    """

    video: str
    epoch: int
    expires_s: int
    pictures: bool = False

    @property
    def public(self) -> bool:
        """Say whether everybody may follow the path."""
        return self.expires_s == PUBLIC


class Grants:
    """Checks paths, and remembers the prefixes whose signature was found to be ours."""

    def __init__(self, key: bytes, epochs: Epochs) -> None:
        self._key = key
        self._epochs = epochs
        self._known: dict[str, Grant] = {}

    @property
    def ready(self) -> bool:
        """Say whether it is known what was withdrawn; until then everything is refused."""
        return self._epochs.loaded

    def check(self, path: str, now_s: float) -> tuple[Grant, str] | None:
        """Return the grant and the object's key for the request path, or None: refused."""
        # The prefix has five slashes: /m/<token>/<video>/<epoch>/<rest>.
        parts = path.split("/", 5)
        if len(parts) != 6:  # noqa: PLR2004 - the parts of the line above
            return None
        prefix = path[: len(path) - len(parts[5])]
        grant = self._known.get(prefix) or self._verified(path, prefix, int(now_s))
        if grant is None or not self._epochs.holds(grant.video, grant.epoch):
            return None
        if grant.pictures and not parts[5].endswith(PICTURES):
            return None
        if not grant.public and now_s >= grant.expires_s:
            return None
        return grant, f"media/{grant.video}/{parts[5]}"

    def _verified(self, path: str, prefix: str, now_s: int) -> Grant | None:
        found = media_path_parse(path) if path.isascii() else None
        if found is None or not media_token_holds(self._key, found, now_s=now_s):
            return None
        if len(self._known) >= _MAX_REMEMBERED:
            self._known.clear()
        pictures = found.token.startswith(f"{PICTURES_ID}.")
        grant = Grant(found.video, found.epoch, _expiry(found), pictures)
        self._known[prefix] = grant
        return grant


def _expiry(path: MediaPath) -> int:
    return int(path.token.split(".")[1])
