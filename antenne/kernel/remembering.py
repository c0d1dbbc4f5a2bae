"""What every page asks alike, asked once every few seconds by each process.

Nothing is taken out before its time and no process tells another. So it is for what may be some
seconds old, like which categories there is something in; never for who may see what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Memory:
    """Whether anything is remembered in this process: not in tests, which look at once."""

    on: bool = True


MEMORY = Memory()


@dataclass(frozen=True, slots=True)
class _Held(Generic[Answer]):
    answer: Answer
    until_s: float


def remembered(seconds: float) -> Callable[[Callable[[], Answer]], Callable[[], Answer]]:
    """Let a question that takes no arguments be asked again only after so many seconds.

    Whoever gets the answer must not change it: others get the same one.
    """

    def decorate(ask: Callable[[], Answer]) -> Callable[[], Answer]:
        held: list[_Held[Answer]] = []

        @wraps(ask)
        def answer() -> Answer:
            now_s = monotonic()
            if MEMORY.on and held and now_s < held[0].until_s:
                return held[0].answer
            held[:] = [_Held(ask(), now_s + seconds)]
            return held[0].answer

        return answer

    return decorate
