"""Keeping a person out, and letting them in again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from antenne.accounts.models import Person, User
from antenne.catalog.models import Video
from antenne.catalog.services.visibility import video_give_back, video_withdraw
from antenne.kernel.facts import Fact, fact_record
from antenne.moderation.models import Decision, Suspension
from antenne.moderation.refusals import ModerationRefused

CAUSE = "suspension"


def suspension_write(
    *,
    by: Person,
    person: Person,
    decision: Decision | None = None,
    reason: str = "",
    hides: bool = False,
    until: datetime | None = None,
) -> Suspension:
    """Keep a person out at once, in the caller's transaction; raise `ModerationRefused`.

    Sessions and tokens end with it. Their videos go off the air in the background where it hides.
    """
    user = User.objects.select_for_update().filter(person=person).first()
    if user is None or person.pk == by.pk:
        raise ModerationRefused(_("This person cannot be suspended."))
    if user.is_operator:
        words = _("Somebody who runs the site cannot be suspended. Take those rights away first.")
        raise ModerationRefused(words)
    fields = {
        "decision": decision,
        "reason": (decision.facts if decision else reason)[:500],
        "hides": hides,
        "by": by,
        "until": decision.until if decision else until,
    }
    row, _fresh = Suspension.objects.update_or_create(
        person=person, defaults=fields, create_defaults={**fields, "home": person.home}
    )
    User.objects.filter(pk=user.pk).update(is_active=False)
    fact_record(Fact("person.suspended", {"person": str(person.pk)}))
    return row


def suspension_end(*, person: Person) -> bool:
    """Let a person in again, in the caller's transaction; False where they were not kept out."""
    gone, _each = Suspension.objects.filter(person=person).delete()
    if gone:
        # Whoever is being erased stays out.
        User.objects.filter(person=person, erasure__begun_at=None).update(is_active=True)
        fact_record(Fact("person.reactivated", {"person": str(person.pk)}))
    return gone > 0


def videos_follow(*, person: Person) -> int:
    """Take a suspended person's videos off the air, or give them back; return how many changed.

    Each is a transaction of its own: running twice, or dying half-way, does no harm.
    """
    row = Suspension.objects.filter(person=person).first()
    rows = Video.objects.filter(channel__person=person)
    if row is not None and row.hides:
        keys = list(rows.exclude(withdrawals__cause=CAUSE).values_list("pk", flat=True))
        return sum(video_withdraw(video_id=key, cause=CAUSE, reason=row.reason) for key in keys)
    keys = list(rows.filter(withdrawals__cause=CAUSE).values_list("pk", flat=True))
    return sum(video_give_back(video_id=key, cause=CAUSE) for key in keys)
