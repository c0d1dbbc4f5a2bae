"""How much one person, and everybody together, may ask of the edge at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from antenne.edge.replies import Problem

_PER_PERSON: Final = 8
_TOGETHER: Final = 256


class Slots:
    """Counts the uploads that are being received by this process."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """How many are being received now."""
        return self._taken.total()

    @contextmanager
    def take(self, person: str) -> Iterator[None]:
        """Hold a place for *person*; raise a `Problem` where there is none."""
        again = (("retry-after", "2"),)
        if self._taken[person] >= _PER_PERSON:
            detail = f"At most {_PER_PERSON} uploads of one person are received at once."
            raise Problem(429, "uploads-at-once", detail, again)
        if self.taken >= _TOGETHER:
            raise Problem(503, "uploads-full", "Too many uploads are being received.", again)
        self._taken[person] += 1
        try:
            yield
        finally:
            self._taken[person] -= 1
            if not self._taken[person]:
                del self._taken[person]
