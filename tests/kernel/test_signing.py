"""Signed paths and tickets: nothing but what this site signed for this purpose holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.kernel.signing import (
    PUBLIC,
    TicketRefused,
    media_path_parse,
    media_prefix,
    media_token_holds,
    subkey,
    ticket_make,
    ticket_read,
)

SECRET = "s" * 32
KEY = subkey(SECRET, "media")
VIDEO = "x0abcdefg"


def holds(address: str, *, now_s: int = 1000, key: bytes = KEY) -> bool:
    path = media_path_parse(address)
    return path is not None and media_token_holds(key, path, now_s=now_s)


def prefix(expires_s: int = 1300, epoch: int = 2) -> str:
    return media_prefix(KEY, video=VIDEO, epoch=epoch, expires_s=expires_s)


def test_a_path_holds_for_everything_below_it_until_it_runs_out() -> None:
    for rest in ("s1/master.m3u8", "s1/v720/3.m4s", ""):
        assert holds(f"{prefix()}/{rest}", now_s=1299)
        assert not holds(f"{prefix()}/{rest}", now_s=1300)


def test_a_public_path_never_runs_out() -> None:
    assert holds(prefix(PUBLIC) + "/a", now_s=10**12)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (VIDEO, "x0abcdefh"),
        ("/2/", "/3/"),
        (".1300.", ".1301."),
        (".1300.", ".0."),
        (".1300.", ".01300."),
        ("k1.", "k2."),
        (".1300.", "." + "1" * 5000 + "."),
        ("/2/", "/" + "2" * 5000 + "/"),
        ("/2/", "/02/"),
    ],
)
def test_a_path_that_was_changed_does_not_hold(old: str, new: str) -> None:
    assert holds(prefix() + "/a")
    assert not holds((prefix() + "/a").replace(old, new))


def test_a_path_of_another_site_does_not_hold() -> None:
    assert not holds(prefix() + "/a", key=subkey("t" * 32, "media"))
    assert not holds(prefix() + "/a", key=subkey(SECRET, "upload"))


@given(st.text(max_size=80))
def test_no_text_is_a_path_by_accident(text: str) -> None:
    assert not holds(f"/m/{text}/{VIDEO}/1/a" if text.isascii() else "/")


def test_a_ticket_says_what_was_signed() -> None:
    ticket = ticket_make(SECRET, "upload", {"upload": "u", "size_max": 5}, expires_s=1300)

    assert ticket_read(SECRET, "upload", ticket, now_s=1299) == {"upload": "u", "size_max": 5}


@pytest.mark.parametrize(
    ("secret", "purpose", "now_s"),
    [(SECRET, "upload", 1300), (SECRET, "events", 1000), ("t" * 32, "upload", 1000)],
)
def test_a_ticket_of_another_time_purpose_or_site_is_refused(
    secret: str, purpose: str, now_s: int
) -> None:
    ticket = ticket_make(SECRET, "upload", {"upload": "u"}, expires_s=1300)

    with pytest.raises(TicketRefused):
        ticket_read(secret, purpose, ticket, now_s=now_s)


@given(st.integers(min_value=0, max_value=60), st.characters())
def test_a_ticket_with_one_letter_changed_is_refused(at: int, letter: str) -> None:
    ticket = ticket_make(SECRET, "upload", {"upload": "u"}, expires_s=1300)
    at %= len(ticket)
    changed = ticket[:at] + letter + ticket[at + 1 :]

    if changed != ticket:
        with pytest.raises(TicketRefused):
            ticket_read(SECRET, "upload", changed, now_s=1000)
