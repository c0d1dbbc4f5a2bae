"""Looking after people: keeping them out, their quota, who runs the site."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person, User
from antenne.accounts.selectors import operator_check
from antenne.custody.services import Act, audit_note
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend
from antenne.moderation.models import Suspension
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.people import person_named
from antenne.moderation.services.suspensions import suspension_end, suspension_write
from antenne.pipeline.models import Allowance
from antenne.pipeline.selectors import quota_of

PASSWORD_RATE = Rate("moderation.password", limit=5, window_s=300)
QUOTA_MAX_BYTES = 10**15


@transaction.atomic
def person_suspend(*, by: Person, handle: str, reason: str, hides: bool = False) -> Suspension:
    """Keep a person out until somebody lets them in again; raise `ModerationRefused`."""
    person = person_named(handle, by=by)
    if not reason.strip():
        raise ModerationRefused(_("Say why: the log keeps it."))
    row = suspension_write(by=by, person=person, reason=reason.strip(), hides=hides)
    act = Act("person.suspended", "person", str(person.pk), shown=person.handle)
    audit_note(by=by.pk, act=act, after={"hides": hides}, reason=reason)
    return row


@transaction.atomic
def person_reactivate(*, by: Person, handle: str, reason: str = "") -> None:
    """Let a person in again; raise `ModerationRefused` where they are not kept out."""
    person = person_named(handle, by=by)
    if not suspension_end(person=person):
        raise ModerationRefused(_("This person is not suspended. Nothing was changed."))
    act = Act("person.reactivated", "person", str(person.pk), shown=person.handle)
    audit_note(by=by.pk, act=act, reason=reason)


@transaction.atomic
def person_quota_set(*, by: Person, handle: str, quota_bytes: int | None, reason: str = "") -> None:
    """Give a person a quota of their own, or None for everybody's; raise `ModerationRefused`."""
    person = person_named(handle, by=by)
    if quota_bytes is not None and not 0 <= quota_bytes <= QUOTA_MAX_BYTES:
        raise ModerationRefused(_("This quota cannot be."))
    before = quota_of(person)
    if quota_bytes is None:
        Allowance.objects.filter(person=person).delete()
    else:
        Allowance.objects.update_or_create(person=person, defaults={"quota_bytes": quota_bytes})
    act = Act("person.quota_set", "person", str(person.pk), shown=person.handle)
    after = {"quota_bytes": quota_of(person)}
    audit_note(by=by.pk, act=act, before={"quota_bytes": before}, after=after, reason=reason)


@transaction.atomic
def people_quota_set(
    *, by: Person, handles: Sequence[str], quota_bytes: int | None, reason: str = ""
) -> int:
    """Give several people the same quota; return how many; raise `ModerationRefused`."""
    for handle in handles:
        person_quota_set(by=by, handle=handle, quota_bytes=quota_bytes, reason=reason)
    return len(handles)


def operator_set(*, by: Person, handle: str, on: bool, password: str, reason: str = "") -> None:
    """Let a person run the site, or no longer; raise `ModerationRefused`, `RateExceeded`.

    *password* is the operator's own, said again.
    """
    operator_check(by)
    rate_spend(PASSWORD_RATE, str(by.pk))
    if by.user is None or not by.user.check_password(password):
        raise ModerationRefused(_("This is not your password. Nothing was changed."))
    _operator_write(by=by, handle=handle, on=on, reason=reason)


@transaction.atomic
def _operator_write(*, by: Person, handle: str, on: bool, reason: str) -> None:
    person = person_named(handle, by=by)
    # One at a time: of two who take each other's rights away one must stay.
    operators = list(User.objects.select_for_update().filter(is_operator=True).order_by("pk"))
    user = User.objects.select_for_update().filter(person=person).first()
    if user is None or not user.is_active:
        raise ModerationRefused(_("This person cannot sign in."))
    if not any(one.pk == by.user_id for one in operators):
        raise ModerationRefused(_("You do not run the site any more."))
    if person.pk == by.pk:
        raise ModerationRefused(_("Somebody else must do this for you."))
    if user.is_operator == on:
        return
    User.objects.filter(pk=user.pk).update(is_operator=on)
    fact_record(Fact("operator.changed", {"person": str(person.pk), "on": int(on)}))
    action = "operator.made" if on else "operator.unmade"
    act = Act(action, "person", str(person.pk), shown=person.handle)
    audit_note(
        by=by.pk, act=act, before={"operator": not on}, after={"operator": on}, reason=reason
    )
