"""Letters: what happened, told at once, once a day or once a week, with one click to end them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from antenne.accounts.models import Person
from antenne.accounts.selectors import language_of
from antenne.accounts.services.mails import mail_send
from antenne.community.models import Notification
from antenne.community.notices import Notice, notice_of
from antenne.community.selectors.notifications import notifications_due, people_due, wishes_of
from antenne.community.services.notifications import letters_stop
from antenne.community.states import Kind, MailPace
from antenne.kernel.clock import now, unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import TicketRefused, ticket_make, ticket_read

ITEMS_MAX = 40
# Whoever has the page open reads it there: a letter that goes at once waits this long.
_GRACE = timedelta(minutes=2)
_PURPOSE = "unsubscribe"
_LINK_LIFE_S = 400 * 24 * 3600


def letters_send(*, pace: MailPace) -> int:
    """Write to everybody who has something due at this pace; return to how many.

    It may run twice or die half-way: what was written is noted in the letter's own transaction.
    """
    return sum(_letter_send(key, pace) for key in people_due(pace))


@transaction.atomic
def _letter_send(person_id: UUID, pace: MailPace) -> bool:
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None:
        return False
    due = Notification.objects.filter(person=person, pace=pace, mailed_at=None)
    if pace == MailPace.NOW:
        due = due.filter(created_at__lte=now() - _GRACE)
    keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True))
    shown = list(notifications_due(person, pace).filter(pk__in=keys)[:ITEMS_MAX])
    Notification.objects.filter(pk__in=keys).update(mailed_at=now())
    if not shown or person.user is None:
        return False
    return _written(person, pace, shown)


def _written(person: Person, pace: MailPace, rows: list[Notification]) -> bool:
    user = person.user
    if user is None:
        return False
    with override(language_of(user)):
        notices = [notice_of(row) for row in rows]
        stop = unsubscribe_url(person, pace)
        letter = mail_send(
            user=user,
            kind=f"community.{pace}",
            subject=_subject(notices),
            text=_text(notices, stop),
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    return letter is not None


def _subject(notices: list[Notice]) -> str:
    if len(notices) == 1:
        return notices[0].title
    words = ngettext("%(count)s thing has happened", "%(count)s things have happened", len(notices))
    return words % {"count": len(notices)}


def _text(notices: list[Notice], stop: str) -> str:
    parts: list[str] = []
    for notice in notices:
        parts.append(f"{notice.title}\n{notice.quoted}" if notice.quoted else notice.title)
        parts.append(site_url(notice.path))
    parts += [_("You can choose what you hear of, and how often:"), site_url("/settings/notices")]
    parts += [_("To end these letters:"), stop]
    return "\n\n".join(parts)


def site_url(path: str) -> str:
    """Return the whole address of a page, for those who read it elsewhere."""
    return (environment().public_url or environment().web_url) + path


def unsubscribe_url(person: Person, pace: MailPace) -> str:
    """Return the address that ends a person's letters of one pace without signing in."""
    payload: dict[str, str | int] = {"person": str(person.pk), "pace": str(pace)}
    ticket = ticket_make(environment().secret, _PURPOSE, payload, expires_s=unix_s() + _LINK_LIFE_S)
    return site_url(reverse("unsubscribe", args=[ticket]))


def unsubscribe(*, ticket: str) -> MailPace:
    """End the letters that a signed address names; doing it again changes nothing.

    Raises `TicketRefused` for an address that is not ours.
    """
    found = ticket_read(environment().secret, _PURPOSE, ticket, now_s=unix_s())
    person = Person.objects.filter(pk=str(found.get("person", ""))).first()
    pace = MailPace(str(found.get("pace", "")))
    if person is None:
        raise TicketRefused(ticket)
    kinds: list[Kind] = [wish.kind for wish in wishes_of(person) if wish.pace == pace]
    letters_stop(person=person, kinds=kinds)
    return pace


def unsubscribe_check(*, ticket: str) -> None:
    """Raise `TicketRefused` for an address that is not ours."""
    ticket_read(environment().secret, _PURPOSE, ticket, now_s=unix_s())
