"""Looking after people: suspensions, quotas, who runs the site."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antenne.accounts.models import Person, User
from antenne.accounts.refusals import NotAllowed
from antenne.custody.models import AuditEntry
from antenne.custody.selectors import setting_of
from antenne.custody.settings import LimitsSettings
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.services.people import (
    operator_set,
    person_quota_set,
    person_reactivate,
    person_suspend,
)
from antenne.pipeline.selectors import bytes_left, quota_of
from tests.cast import PASSWORD

DEEDS: list[Callable[[Person], object]] = [
    lambda by: person_suspend(by=by, handle="bob", reason="mine"),
    lambda by: person_reactivate(by=by, handle="bob"),
    lambda by: person_quota_set(by=by, handle="bob", quota_bytes=1),
    lambda by: operator_set(by=by, handle="alice", on=True, password=PASSWORD),
]


@pytest.mark.parametrize("deed", DEEDS, ids=["suspend", "let in", "quota", "operator"])
def test_nobody_else_does_any_of_it(
    alice: Person, bob: Person, deed: Callable[[Person], object]
) -> None:
    with pytest.raises(NotAllowed):
        deed(alice)

    assert not User.objects.filter(is_operator=True).exists()
    assert not User.objects.filter(is_active=False).exists()
    assert not AuditEntry.objects.exists()


def test_a_suspension_needs_a_reason_and_is_noted(mona: Person, bob: Person) -> None:
    with pytest.raises(ModerationRefused, match="Say why"):
        person_suspend(by=mona, handle="bob", reason=" ")

    person_suspend(by=mona, handle="@Bob", reason="Spam, again.")

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.shown, entry.reason) == ("person.suspended", "bob", "Spam, again.")
    assert not User.objects.get(person=bob).is_active


def test_whoever_runs_the_site_is_not_suspended(mona: Person) -> None:
    with pytest.raises(ModerationRefused):
        person_suspend(by=mona, handle="mona", reason="tired")

    assert User.objects.get(person=mona).is_active


def test_a_quota_of_ones_own_goes_before_everybodys(mona: Person, bob: Person) -> None:
    person_quota_set(by=mona, handle="bob", quota_bytes=5)
    bob.refresh_from_db()

    assert (quota_of(bob), bytes_left(bob)) == (5, 5)
    person_quota_set(by=mona, handle="bob", quota_bytes=None)
    assert quota_of(bob) == setting_of(LimitsSettings).quota_bytes


def test_rights_are_given_with_ones_own_password(mona: Person, bob: Person) -> None:
    with pytest.raises(ModerationRefused, match="not your password"):
        operator_set(by=mona, handle="bob", on=True, password="guess")  # noqa: S106
    assert not User.objects.get(person=bob).is_operator

    operator_set(by=mona, handle="bob", on=True, password=PASSWORD)

    assert User.objects.get(person=bob).is_operator
    with pytest.raises(ModerationRefused, match="Somebody else"):
        operator_set(by=mona, handle="mona", on=False, password=PASSWORD)
