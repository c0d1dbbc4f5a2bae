"""Identifiers."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from antenne.kernel.ids import base36, public_id_new, uuid7


def test_a_key_is_a_uuid_of_version_seven_with_its_moment() -> None:
    before = time.time_ns() // 1_000_000
    key = uuid7()
    after = time.time_ns() // 1_000_000

    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert before <= key.int >> 80 <= after


def test_keys_differ_and_go_with_time() -> None:
    early = uuid7()
    time.sleep(0.002)
    late = uuid7()

    assert early < late
    assert len({uuid7() for _time in range(10_000)}) == 10_000


@given(st.integers(min_value=0, max_value=36**12))
def test_base_36_says_the_number(number: int) -> None:
    text = base36(number, 4)

    assert int(text or "0", 36) == number
    assert len(text) >= 4


def test_a_public_name_is_short_and_carries_its_region() -> None:
    names = {public_id_new("0") for _time in range(1000)}

    assert len(names) == 1000
    assert all(re.fullmatch(r"x0[0-9a-z]{7}", name) for name in names)
