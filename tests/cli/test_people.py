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
    assert secret not in str(vars(kept))


def test_nobody_gets_no_token(alice: Person) -> None:
    with pytest.raises(CommandRefused, match=r"nobody@example\.org"):
        token_create(email="nobody@example.org", name="laptop")

    assert not AccessToken.objects.exists()
