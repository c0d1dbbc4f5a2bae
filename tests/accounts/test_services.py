"""Accounts: logins, the first administrator, and tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from antenne.accounts.models import AccessToken, Person, SetupLink, User
from antenne.accounts.refusals import NotAllowed
from antenne.accounts.selectors import (
    operator_check,
    operators_exist,
    person_by_login,
    setup_link_holds,
)
from antenne.accounts.services import (
    TOKENS_MAX,
    AccountRefused,
    access_token_create,
    access_token_revoke,
    access_token_touch,
    person_create,
    setup_link_make,
    setup_link_use,
)
from antenne.kernel.clock import now
from tests.cast import PASSWORD, login_of
from tests.factories.accounts import token_holder

pytestmark = pytest.mark.usefixtures("region")
ADMIN = {"email": "ada@example.org", "password": PASSWORD, "name": "Ada"}


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("no address", PASSWORD),
        ("", PASSWORD),
        ("new@example.org", "short"),
        ("new@example.org", "1234567890123"),
        ("new@example.org", "password123"),
        ("ALICE@example.org", PASSWORD),
    ],
)
def test_an_account_that_cannot_be_is_not_made(alice: Person, email: str, password: str) -> None:
    with pytest.raises(AccountRefused):
        person_create(email=email, password=password)

    assert list(User.objects.all()) == [login_of(alice)]
    assert Person.objects.count() == 1


def test_two_of_one_name_have_handles_of_their_own(alice: Person) -> None:
    other = person_create(email="other@example.org", password=PASSWORD, name="Alice")

    assert (alice.handle, other.handle) == ("alice", "alice-2")


@pytest.mark.parametrize("login", ["alice@example.org", "ALICE@EXAMPLE.ORG", "alice", "@Alice"])
def test_a_person_is_found_by_address_or_handle(alice: Person, login: str) -> None:
    assert person_by_login(login) == alice


def test_the_setup_link_makes_one_administrator_once() -> None:
    secret = setup_link_make()
    assert secret is not None

    person = setup_link_use(secret=secret, **ADMIN)

    assert login_of(person).is_operator
    with pytest.raises(AccountRefused):
        setup_link_use(secret=secret, **{**ADMIN, "email": "eve@example.org"})
    assert User.objects.count() == 1
    assert setup_link_make() is None


def test_a_newer_setup_link_takes_the_power_of_the_older() -> None:
    older, newer = setup_link_make(), setup_link_make()
    assert older is not None
    assert newer is not None

    assert not setup_link_holds(older)
    assert setup_link_holds(newer)
    with pytest.raises(AccountRefused):
        setup_link_use(secret=older, **ADMIN)
    assert not operators_exist()


def test_a_refused_administrator_leaves_the_link_its_power() -> None:
    secret = setup_link_make()
    assert secret is not None

    with pytest.raises(AccountRefused):
        setup_link_use(secret=secret, **{**ADMIN, "password": "short"})

    assert setup_link_holds(secret)
    assert SetupLink.objects.get().used_at is None


def test_a_token_is_kept_as_its_hash_only(alice: Person) -> None:
    secret = access_token_create(user=login_of(alice), name="script")

    assert token_holder(secret) == login_of(alice)
    assert secret not in str(AccessToken.objects.values())


def test_a_token_runs_out(alice: Person) -> None:
    later = now() + timedelta(hours=1)
    secret = access_token_create(user=login_of(alice), name="script", expires_at=later)

    assert token_holder(secret) == login_of(alice)
    with time_machine.travel(later + timedelta(seconds=1)):
        assert token_holder(secret) is None


def test_a_token_of_a_closed_account_does_not_hold(alice: Person) -> None:
    secret = access_token_create(user=login_of(alice), name="script")
    User.objects.update(is_active=False)

    assert token_holder(secret) is None


def test_a_token_is_revoked_by_its_owner_only(alice: Person, bob: Person) -> None:
    secret = access_token_create(user=login_of(alice), name="script")
    key = str(AccessToken.objects.get().pk)

    assert not access_token_revoke(user=login_of(bob), token_id=key)
    assert token_holder(secret) == login_of(alice)
    assert access_token_revoke(user=login_of(alice), token_id=key)
    assert token_holder(secret) is None


def test_the_use_of_a_token_is_noted_once_in_ten_minutes(alice: Person) -> None:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        access_token_create(user=login_of(alice), name="script")
        noted = []
        for minutes in (0, 5, 6):
            clock.shift(timedelta(minutes=minutes))
            access_token_touch(token=AccessToken.objects.get())
            noted.append(AccessToken.objects.get().used_at)

    first, second, third = noted
    assert first is not None
    assert first == second
    assert third == first + timedelta(minutes=11)


def test_nobody_has_more_than_a_hundred_tokens(alice: Person) -> None:
    for number in range(TOKENS_MAX):
        access_token_create(user=login_of(alice), name=f"script {number}")

    with pytest.raises(AccountRefused):
        access_token_create(user=login_of(alice), name="one more")

    assert AccessToken.objects.count() == TOKENS_MAX


def test_only_who_runs_the_site_passes_for_an_operator(alice: Person, mona: Person) -> None:
    operator_check(mona)

    with pytest.raises(NotAllowed):
        operator_check(alice)
