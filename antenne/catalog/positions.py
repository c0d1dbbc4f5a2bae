"""Keys that keep rows in order and leave room between any two: nothing else is renumbered.

A key is a whole number, whose first letter says how many digits it has, and a fraction behind it:
`a0`, `a1`, … `az`, `b00`, …; between `a1` and `a2` lies `a1V`. Keys are compared byte by byte.
"""

from __future__ import annotations

from typing import Final

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST: Final = "a0"
_LEAST: Final = "A" + DIGITS[0] * 26


def position_between(before: str, after: str) -> str:
    """Return a key behind *before* and ahead of *after*; empty stands for either end."""
    if not before:
        return _ahead_of(after) if after else FIRST
    whole, part = _split(before)
    following = _next(whole)
    if not after:
        return following or whole + _middle(part, "")
    after_whole, after_part = _split(after)
    if whole == after_whole:
        return whole + _middle(part, after_part)
    if following and following < after:
        return following
    return whole + _middle(part, "")


def positions_even(count: int) -> list[str]:
    """Return *count* short keys in order."""
    keys: list[str] = []
    for _ in range(count):
        keys.append(position_between(keys[-1] if keys else "", ""))
    return keys


def _ahead_of(after: str) -> str:
    whole, part = _split(after)
    if whole == _LEAST:
        return whole + _middle("", part)
    return whole if part else _previous(whole)


def _split(key: str) -> tuple[str, str]:
    """Return a key's whole number and its fraction."""
    head = key[0]
    size = ord(head) - ord("a") + 2 if head >= "a" else ord("Z") - ord(head) + 2
    return key[:size], key[size:]


def _middle(low: str, high: str) -> str:
    """Return a fraction between two; an empty *high* is the end. None of ours ends in a zero."""
    made = ""
    while True:
        first_low = DIGITS.index(low[0]) if low else 0
        first_high = DIGITS.index(high[0]) if high else len(DIGITS)
        if first_low == first_high:
            made, low, high = made + high[0], low[1:], high[1:]
        elif first_high - first_low > 1:
            return made + DIGITS[(first_low + first_high + 1) // 2]
        elif len(high) > 1:
            return made + high[0]
        else:
            made, low, high = made + DIGITS[first_low], low[1:], ""


def _next(whole: str) -> str:
    """Return the whole number that follows, or nothing behind the last."""
    head, digits = whole[0], _counted(whole[1:], up=True)
    if digits:
        return head + digits
    if head == "z":
        return ""
    if head == "Z":
        return FIRST
    return _filled(chr(ord(head) + 1), DIGITS[0])


def _previous(whole: str) -> str:
    """Return the whole number before one that is not the least."""
    head, digits = whole[0], _counted(whole[1:], up=False)
    if digits:
        return head + digits
    if head == "a":
        return "Z" + DIGITS[-1]
    return _filled(chr(ord(head) - 1), DIGITS[-1])


def _filled(head: str, digit: str) -> str:
    """Return the number of that head whose digits are all *digit*."""
    size = ord(head) - ord("a") + 1 if head >= "a" else ord("Z") - ord(head) + 1
    return head + digit * size


def _counted(digits: str, *, up: bool) -> str:
    """Return digits one more or one less; nothing where that needs a carry out of them."""
    turn, reset = (DIGITS[-1], DIGITS[0]) if up else (DIGITS[0], DIGITS[-1])
    kept = digits.rstrip(turn)
    if not kept:
        return ""
    step = 1 if up else -1
    last = DIGITS[DIGITS.index(kept[-1]) + step]
    return kept[:-1] + last + reset * (len(digits) - len(kept))
