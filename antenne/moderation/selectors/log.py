"""The log of what operators did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.custody.models import AuditEntry
from antenne.custody.selectors import audit_entries
from antenne.kernel.pagination import Page, page_of
from antenne.moderation.selectors.settings import Change, people_named, value_words

WORDS: dict[str, str | Promise] = {
    "setting.changed": _("changed a setting"),
    "job.retried": _("ran a job again"),
    "job.cancelled": _("cancelled a job"),
    "unit.retried": _("tried an encode again"),
    "person.approved": _("let somebody in"),
    "person.refused": _("refused a sign-up"),
    "person.suspended": _("suspended a person"),
    "person.reactivated": _("ended a suspension"),
    "person.quota_set": _("changed a quota"),
    "channel.handed_over": _("handed a channel over"),
    "webhook.added": _("added a webhook"),
    "webhook.switched": _("paused a webhook or took it up again"),
    "webhook.removed": _("removed a webhook"),
    "operator.made": _("made somebody an operator"),
    "operator.unmade": _("took an operator's rights away"),
    "subject.decided": _("decided about something"),
    "decision.reversed": _("took a decision back"),
    "appeal.answered": _("answered an appeal"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One deed."""

    id: UUID
    actor: str
    action: str
    words: str | Promise
    subject_kind: str
    subject: str
    shown: str
    changes: tuple[Change, ...]
    reason: str
    created_at: datetime


def log_page(
    *, by: Person, action: str = "", actor: str = "", subject: str = "", cursor: str = ""
) -> tuple[list[Line], str]:
    """Return a page of the log, newest first, and the cursor of the next; raise `NotAllowed`."""
    operator_check(by)
    who = Person.objects.filter(handle__iexact=actor).first() if actor else None
    rows = audit_entries(actor=who.pk if who else None, subject=subject, action=action)
    page: Page[AuditEntry] = page_of(rows, by="created_at", cursor=cursor, size=50)
    names = people_named({row.actor for row in page.rows if row.actor})
    return [_line(row, names) for row in page.rows], page.next_cursor


def _line(row: AuditEntry, names: dict[UUID, str]) -> Line:
    return Line(
        id=row.pk,
        actor=names.get(row.actor, "") if row.actor else "",
        action=row.action,
        words=WORDS.get(row.action, row.action),
        subject_kind=row.subject_kind,
        subject=row.subject,
        shown=row.shown,
        changes=tuple(
            Change(
                name, value_words(row.before.get(name, "")), value_words(row.after.get(name, ""))
            )
            for name in {**row.before, **row.after}
        ),
        reason=row.reason,
        created_at=row.created_at,
    )
