"""Rates."""

from __future__ import annotations

import pytest
import time_machine

from antenne.kernel.models import RateCount
from antenne.kernel.rate import Rate, RateExceeded, client_address, rate_spend

THREE = Rate("test.three", limit=3, window_s=60)
MOMENT = "2026-11-23T12:00:00Z"

pytestmark = pytest.mark.django_db


def spend(times: int, subject: str = "alice") -> None:
    for _time in range(times):
        rate_spend(THREE, subject)


def test_what_is_beyond_the_limit_is_refused_with_the_time_to_wait() -> None:
    with time_machine.travel(MOMENT, tick=False):
        spend(3)

        with pytest.raises(RateExceeded) as refusal:
            spend(1)

    assert refusal.value.retry_after_s == 20


def test_after_that_time_one_more_is_allowed_and_no_second() -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        spend(3)
        clock.shift(20)
        spend(1)

        with pytest.raises(RateExceeded):
            spend(1)


def test_a_refused_try_does_not_make_the_wait_longer() -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        spend(3)
        for _time in range(5):
            with pytest.raises(RateExceeded):
                spend(1)
        clock.shift(60)

        spend(3)


def test_each_subject_and_each_rate_counts_for_itself() -> None:
    with time_machine.travel(MOMENT, tick=False):
        spend(3)
        spend(3, subject="bob")
        rate_spend(Rate("test.other", limit=3, window_s=60), "alice")


def test_the_table_names_nobody() -> None:
    rate_spend(THREE, "192.0.2.7")

    assert "192.0.2.7" not in RateCount.objects.get().key


@pytest.mark.parametrize(
    ("meta", "counted"),
    [
        ({"REMOTE_ADDR": "192.0.2.7"}, "192.0.2.7"),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, "192.0.2.7"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
        ({"REMOTE_ADDR": "::ffff:192.0.2.7"}, "192.0.2.7"),
        ({"REMOTE_ADDR": "192.0.2.7:51000"}, "192.0.2.7"),
        ({"REMOTE_ADDR": "[2001:db8:1:2:3:4:5:6]:51000"}, "2001:db8:1:2::/64"),
        ({"REMOTE_ADDR": "not an address"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_an_address_counts_by_what_cannot_be_chosen_freely(
    meta: dict[str, object], counted: str
) -> None:
    assert client_address(meta) == counted
