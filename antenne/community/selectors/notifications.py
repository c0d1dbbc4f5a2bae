"""Reads of notifications and of what people want to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.refusals import NotFound
from antenne.catalog.states import Audience
from antenne.community.models import Notification, NotificationWish
from antenne.community.states import PACE_FIRST, Kind, MailPace, Ruled
from antenne.kernel.written import written

COUNT_MAX = 99


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to hear of a kind of thing."""

    kind: Kind
    in_page: bool
    pace: str

    @property
    def silent(self) -> bool:
        """Say whether nothing is told at all."""
        return not self.in_page and self.pace == MailPace.NEVER


def wish_first(kind: Kind) -> Wish:
    """Return how the site tells a kind of thing before somebody has chosen."""
    return Wish(kind, in_page=True, pace=PACE_FIRST.get(kind, MailPace.NEVER))


def wishes_of(person: Person) -> tuple[Wish, ...]:
    """Return a person's wishes for every kind that they can be told."""
    chosen = {row.kind: row for row in NotificationWish.objects.filter(person=person)}
    return tuple(
        Wish(kind, chosen[kind].in_page, chosen[kind].pace) if kind in chosen else wish_first(kind)
        for kind in kinds_for(person)
    )


def kinds_for(person: Person) -> tuple[Kind, ...]:
    """Return what a person can be told: what waits at the desk only where they run the site."""
    operator = person.user is not None and person.user.is_operator
    return tuple(kind for kind in Kind if operator or kind != Kind.DESK)


def wishes_for(people: Iterable[UUID], kind: Kind) -> dict[UUID, Wish]:
    """Return the wishes of those among *people* who have chosen for this kind (one query)."""
    rows = NotificationWish.objects.filter(person__in=list(people), kind=kind)
    return {row.person_id: Wish(kind, row.in_page, row.pace) for row in rows}


def _joined() -> QuerySet[Notification]:
    return Notification.objects.select_related(
        "actor", "channel", "video__channel", "comment__video", "comment__post", "post", "group"
    )


def _seen(person: Person) -> Q:
    """Return what may still be told: nothing of what was hidden, withdrawn or made private."""
    open_video = Q(video=None) | Q(video__channel__person=person)
    open_video |= Q(video__isnull=False) & ~Q(video__audience=Audience.OWNERS)
    shown = Q(comment__ruling__state=Ruled.SHOWN, comment__removed=False) & ~Q(kind=Kind.HELD)
    open_comment = Q(comment=None) | shown
    open_comment |= Q(kind=Kind.HELD, comment__ruling__state=Ruled.HELD)
    return open_video & open_comment


def notifications_of(person: Person) -> QuerySet[Notification]:
    """Return what a person is told on the page, to be listed by date."""
    return _joined().filter(_seen(person), person=person, in_page=True)


def notification_of(key: UUID, *, person: Person) -> Notification:
    """Return one of a person's notifications; raise `NotFound` for anybody else's."""
    found = notifications_of(person).filter(pk=key).first()
    if found is None:
        raise NotFound(str(key))
    return found


def unread_count(person: Person) -> int:
    """Return how many notifications are new; a hundred and more count as 99."""
    return len(_unread(person.pk))


@written
def _unread(person: UUID) -> QuerySet[Notification, bool]:
    """Return a row for each notification that is new, as far as they are counted."""
    rows = Notification.objects.filter(person=person, in_page=True, read_at=None)
    return rows.values_list("in_page", flat=True)[:COUNT_MAX]


def people_due(pace: MailPace) -> list[UUID]:
    """Return who has something to be told by e-mail at this pace."""
    rows = Notification.objects.filter(pace=pace, mailed_at=None)
    return list(rows.values_list("person", flat=True).distinct())


def notifications_due(person: Person, pace: MailPace) -> QuerySet[Notification]:
    """Return what a letter of this pace tells, the latest first; what was read is left out."""
    rows = _joined().filter(_seen(person), person=person, pace=pace, mailed_at=None, read_at=None)
    return rows.order_by("-created_at", "-pk")
