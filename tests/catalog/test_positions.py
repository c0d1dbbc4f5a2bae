"""Keys of places: always one between two, and short where nobody is stubborn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antenne.catalog.positions import position_between, positions_even


@given(st.lists(st.floats(0, 1), max_size=120))
def test_there_is_room_between_any_two(places: list[float]) -> None:
    keys: list[str] = []

    for place in places:
        at = round(place * len(keys))
        before, after = keys[at - 1] if at else "", keys[at] if at < len(keys) else ""
        key = position_between(before, after)

        assert before < key
        assert not after or key < after
        keys.insert(at, key)

    assert keys == sorted(keys)


def test_five_thousand_at_the_end_are_short_and_in_order() -> None:
    keys = positions_even(5000)

    assert keys == sorted(set(keys))
    assert max(len(key) for key in keys) == 4


def test_five_thousand_at_the_beginning_are_short() -> None:
    key = "a0"
    for _ in range(5000):
        before = position_between("", key)
        assert before < key
        key = before

    assert len(key) == 4


def test_a_stubborn_hand_makes_keys_longer_but_never_stuck() -> None:
    low, high, key = "a0", "a1", ""
    for turn in range(400):
        key = position_between(low, high)
        assert low < key < high
        low, high = (key, high) if turn % 2 else (low, key)

    assert len(key) < 120
