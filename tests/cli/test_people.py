"""Administrators and tokens are made from the command line."""

from __future__ import annotations

import pytest

from antenne.accounts.models import AccessToken, Person, User
from antenne.cli.late import CommandRefused
from antenne.cli.people import admin_create, token_create
from tests.cast import login_of

PHRASE = "a long password 1"


@pytest.mark.django_db(transaction=True)
def test_an_administrator_may_run_the_site() -> None:
    said = admin_create(email="mona@example.org", password=PHRASE, name="Mona")

    assert "mona@example.org" in said
    assert User.objects.get(email="mona@example.org").is_operator


@pytest.mark.django_db(transaction=True)
def test_a_weak_password_makes_nobody() -> None:
    with pytest.raises(CommandRefused):
        admin_create(email="mona@example.org", password=PHRASE[:4], name="Mona")

    assert not User.objects.exists()


def test_a_token_is_shown_once_and_kept_as_a_digest(alice: Person) -> None:
    secret = token_create(email=login_of(alice).email, name="laptop")

    kept = AccessToken.objects.get()
    assert kept.name == "laptop"
    assert (kept.scopes, kept.expires_at) == (["read", "videos", "community", "account"], None)
    assert secret not in str(vars(kept))


def test_a_token_may_do_what_was_asked_for_until_its_end(alice: Person) -> None:
    address = login_of(alice).email

    token_create(email=address, name="laptop", scopes=["videos", "read"], days=30)

    kept = AccessToken.objects.get()
    assert kept.scopes == ["read", "videos"]
    assert kept.expires_at is not None
    assert (kept.expires_at - kept.created_at).days in {29, 30}


@pytest.mark.parametrize("scope", ["desk", "everything"])
def test_a_token_that_may_do_more_than_its_owner_is_not_made(alice: Person, scope: str) -> None:
    with pytest.raises(CommandRefused):
        token_create(email=login_of(alice).email, name="laptop", scopes=[scope])

    assert not AccessToken.objects.exists()


def test_nobody_gets_no_token(alice: Person) -> None:
    with pytest.raises(CommandRefused, match=r"nobody@example\.org"):
        token_create(email="nobody@example.org", name="laptop")

    assert not AccessToken.objects.exists()
