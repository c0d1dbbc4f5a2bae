"""A question that every page asks is asked again after some seconds."""

from __future__ import annotations

import itertools

import pytest

from antenne.kernel.remembering import MEMORY, remembered


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment_s = [100.0]
    monkeypatch.setattr("antenne.kernel.remembering.monotonic", lambda: moment_s[0])
    monkeypatch.setattr(MEMORY, "on", True)
    return moment_s


def test_an_answer_holds_until_its_seconds_are_over(clock: list[float]) -> None:
    numbers = itertools.count()
    ask = remembered(3)(lambda: next(numbers))

    first, clock[0] = ask(), 102.9
    again, clock[0] = ask(), 103.0

    assert (first, again, ask()) == (0, 0, 1)


def test_what_fails_is_asked_again(clock: list[float]) -> None:
    numbers = itertools.count()

    def read() -> int:
        if next(numbers) == 0:
            raise OSError("away")
        return 7

    ask = remembered(3)(read)

    with pytest.raises(OSError, match="away"):
        ask()

    assert ask() == 7


def test_two_questions_have_an_answer_each(clock: list[float]) -> None:
    one, other = remembered(3)(lambda: "one"), remembered(3)(lambda: "other")

    assert (one(), other()) == ("one", "other")
