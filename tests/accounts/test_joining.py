"""Signing up by the site's rules: open, by approval, by invitation, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from antenne.accounts.models import Invitation, Mail, Person, SignUpRequest, User
from antenne.accounts.refusals import AccountRefused, NotAllowed
from antenne.accounts.selectors import (
    handle_check,
    invitation_of,
    person_by_handle,
    sign_up_possible,
    sign_up_requests,
    sign_up_waits,
)
from antenne.accounts.services import (
    Wish,
    invitation_make,
    invitation_revoke,
    profile_edit,
    sign_up,
    sign_up_approve,
    sign_up_refuse,
    user_new,
)
from antenne.accounts.services.joining import sign_ups_forget
from antenne.custody.models import AuditEntry
from antenne.kernel.clock import now
from antenne.kernel.rate import RateExceeded
from tests.cast import login_of
from tests.factories.accounts import address_verify, mode_set

pytestmark = pytest.mark.usefixtures("region")


def joined(address: str = "dora@example.org", **wish: str) -> Person:
    user = user_new()
    user.email = address
    user.set_unusable_password()
    return sign_up(user=user, wish=Wish(**wish))


def secret_of(link: str) -> str:
    return link.rpartition("/")[2]


def test_an_open_site_takes_whoever_comes() -> None:
    mode_set("open")

    person = joined(name="Dora  \n Miller", handle="@Dora-M")

    assert (person.name, person.handle) == ("Dora Miller", "dora-m")
    assert not sign_up_waits(login_of(person))


@pytest.mark.parametrize("mode", ["closed", "invitation"])
def test_a_closed_site_takes_nobody(mode: str) -> None:
    mode_set(mode)

    assert not sign_up_possible()
    with pytest.raises(AccountRefused):
        joined(invitation="guessed")
    assert not User.objects.exists()


def test_somebody_waits_until_an_operator_lets_them_in(mona: Person) -> None:
    mode_set("approval")
    person = joined(message="I film swans.")
    assert not sign_up_requests().exists()
    address_verify(person)
    request = sign_up_requests().get()
    assert (request.user.person, request.message) == (person, "I film swans.")

    assert sign_up_approve(by=mona, request_id=request.pk) == person
    assert sign_up_approve(by=mona, request_id=request.pk) is None

    assert not sign_up_waits(login_of(person))
    assert Mail.objects.get().address == "dora@example.org"
    assert AuditEntry.objects.filter(action="person.approved", actor=mona.pk).count() == 1


def test_who_is_refused_is_told_and_forgotten(mona: Person) -> None:
    mode_set("approval")
    person = joined()
    request = SignUpRequest.objects.get()

    assert sign_up_refuse(by=mona, request_id=request.pk, reason="Swans only.")
    assert not sign_up_refuse(by=mona, request_id=request.pk)

    assert not User.objects.filter(person=person).exists()
    assert not Person.objects.filter(handle=person.handle).exists()
    assert "Swans only." in Mail.objects.get().text


def test_only_operators_decide_and_invite(alice: Person) -> None:
    mode_set("approval")
    request = SignUpRequest.objects.get(user=login_of(joined()))

    with pytest.raises(NotAllowed):
        sign_up_approve(by=alice, request_id=request.pk)
    with pytest.raises(NotAllowed):
        sign_up_refuse(by=alice, request_id=request.pk)
    with pytest.raises(NotAllowed):
        invitation_make(by=alice, url="https://site.example/invitation/{}")
    assert SignUpRequest.objects.get() == request
    assert not Invitation.objects.exists()


def test_an_invitation_holds_once(mona: Person) -> None:
    mode_set("invitation")
    secret = secret_of(invitation_make(by=mona, url="/invitation/{}", address="dora@example.org"))
    assert secret in Mail.objects.get().text
    assert secret not in str(Invitation.objects.values())

    person = joined(invitation=secret)

    assert Invitation.objects.get().guest == person
    with pytest.raises(AccountRefused):
        joined("eve@example.org", invitation=secret)


def test_an_invitation_runs_out_and_can_be_taken_back(mona: Person) -> None:
    mode_set("invitation")
    first = secret_of(invitation_make(by=mona, url="/{}"))
    second = secret_of(invitation_make(by=mona, url="/{}"))
    found = invitation_of(first)
    assert found is not None

    assert invitation_revoke(by=mona, invitation_id=found.pk)
    assert not sign_up_possible(first)
    assert sign_up_possible(second)
    with time_machine.travel(now() + timedelta(days=15)):
        assert not sign_up_possible(second)


def test_a_guest_need_not_wait_for_approval(mona: Person) -> None:
    mode_set("approval")
    secret = secret_of(invitation_make(by=mona, url="/{}"))

    assert not sign_up_waits(login_of(joined(invitation=secret)))


@pytest.mark.parametrize(
    "wish",
    ["al", "a" * 25, "-swan", "swan-", "sw--an", "sw an", "admin", "ALICE", "@alice", "白鳥"],
)
def test_a_handle_that_cannot_be_had_is_refused(alice: Person, wish: str) -> None:
    with pytest.raises(AccountRefused):
        handle_check(wish, home=alice.home)


def test_an_old_handle_leads_on_and_is_nobody_elses(alice: Person, bob: Person) -> None:
    profile_edit(by=alice, handle="alice-b")

    found = person_by_handle("@Alice")
    assert found == alice
    assert found.handle == "alice-b"
    with pytest.raises(AccountRefused):
        profile_edit(by=bob, handle="alice")
    bob.refresh_from_db()
    assert bob.handle == "bob"
    assert profile_edit(by=alice, handle="alice").handle == "alice"


def test_nobody_collects_handles(alice: Person) -> None:
    for number in range(5):
        alice = profile_edit(by=alice, handle=f"swan-{number}")

    with pytest.raises(RateExceeded):
        profile_edit(by=alice, handle="swan-9")
    alice.refresh_from_db()
    assert alice.handle == "swan-4"


def test_what_was_never_finished_is_forgotten(alice: Person) -> None:
    mode_set("open")
    with time_machine.travel(now() - timedelta(days=8)):
        joined("dora@example.org")
        address_verify(joined("emil@example.org"))
    joined("fred@example.org")

    sign_ups_forget()

    assert not User.objects.filter(email="dora@example.org").exists()
    assert set(User.objects.values_list("email", flat=True)) == {
        "alice@example.org",
        "emil@example.org",
        "fred@example.org",
    }
