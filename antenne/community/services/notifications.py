"""Telling people what happened, each thing once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.community.models import (
    ChannelBlock,
    Comment,
    Group,
    Notification,
    NotificationWish,
    PersonBlock,
    Post,
)
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.notifications import (
    notification_of,
    wish_first,
    wishes_for,
)
from antenne.community.states import Kind, MailPace
from antenne.kernel.clock import now
from antenne.kernel.events import event_send

BATCH = 500
EVENT = "notice"


@dataclass(frozen=True, slots=True)
class News:
    """What is told: its kind, a *key* that names it, what it is about, or the site's own words."""

    kind: Kind
    key: str
    actor: Person | None = None
    channel: Channel | None = None
    video: Video | None = None
    comment: Comment | None = None
    post: Post | None = None
    group: Group | None = None
    note: str = ""
    path: str = ""


def topic_of(person_id: UUID) -> str:
    """Return what the open pages of a person listen to."""
    return f"person:{person_id}"


def notification_send(
    *,
    to: Person,
    kind: Kind,
    key: str,
    actor: Person | None = None,
    note: str = "",
    path: str = "",
) -> int:
    """Tell one person something in the site's own words, once a *key*; return how often (0, 1)."""
    news = News(kind, key, actor=actor, note=note[:500], path=path[:200])
    return news_tell(news=news, people=[to])


@transaction.atomic
def news_tell(*, news: News, people: Sequence[Person]) -> int:
    """Tell some people the same; return how many had not been told and want to be.

    Nobody hears of what they did themselves, or of somebody or a channel that they have blocked.
    """
    wanted = _wanted(news, {person.pk: person for person in people})
    wishes = wishes_for(wanted, news.kind)
    rows = []
    for person in wanted.values():
        wish = wishes.get(person.pk) or wish_first(news.kind)
        if not wish.silent:
            rows.append(_row(news, person, in_page=wish.in_page, pace=wish.pace))
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        if row.in_page:
            event_send(topic_of(row.person_id), EVENT, by=1)
    return len(rows)


def _wanted(news: News, people: dict[UUID, Person]) -> dict[UUID, Person]:
    told = Notification.objects.filter(person__in=people, key=news.key)
    without = set(told.values_list("person", flat=True))
    if news.actor is not None:
        without.add(news.actor.pk)
        blocking = PersonBlock.objects.filter(person__in=people, blocked=news.actor)
        without |= set(blocking.values_list("person", flat=True))
    if news.channel is not None:
        leaving = ChannelBlock.objects.filter(person__in=people, channel=news.channel)
        without |= set(leaving.values_list("person", flat=True))
    return {key: person for key, person in people.items() if key not in without}


def _row(news: News, person: Person, *, in_page: bool, pace: str) -> Notification:
    return Notification(
        person=person,
        home=person.home,
        kind=news.kind,
        key=news.key,
        actor=news.actor,
        channel=news.channel,
        video=news.video,
        comment=news.comment,
        post=news.post,
        group=news.group,
        note=news.note,
        path=news.path,
        in_page=in_page,
        pace=pace,
    )


def notification_read(*, by: Person, key: UUID) -> Notification:
    """Note that a notification of one's own was read, and return it."""
    found = notification_of(key, person=by)
    if found.read_at is None:
        found.read_at = now()
        found.save(update_fields=["read_at"])
    return found


def notifications_read(*, by: Person) -> int:
    """Note that all of one's notifications were read; other open pages hear of it."""
    count = Notification.objects.filter(person=by, read_at=None).update(read_at=now())
    event_send(topic_of(by.pk), EVENT, by=0)
    return count


def notifications_clear(*, by: Person) -> None:
    """Forget all of one's notifications."""
    Notification.objects.filter(person=by).delete()
    event_send(topic_of(by.pk), EVENT, by=0)


@transaction.atomic
def wish_set(*, by: Person, kind: str, in_page: bool, pace: str) -> None:
    """Choose how to hear of one kind of thing; it holds for what happens from now on."""
    if kind not in Kind.values or pace not in MailPace.values:
        raise CommunityRefused(kind)
    NotificationWish.objects.update_or_create(
        person=by, kind=kind, home=by.home, defaults={"in_page": in_page, "pace": pace}
    )


@transaction.atomic
def letters_stop(*, person: Person, kinds: Iterable[Kind]) -> None:
    """Send no more letters about these kinds, and none of those that are due."""
    for kind in kinds:
        first = wish_first(kind)
        row, made = NotificationWish.objects.get_or_create(
            person=person,
            kind=kind,
            home=person.home,
            defaults={"in_page": first.in_page, "pace": MailPace.NEVER},
        )
        if not made:
            row.pace = MailPace.NEVER
            row.save(update_fields=["pace"])
        Notification.objects.filter(person=person, kind=kind, mailed_at=None).update(
            pace=MailPace.NEVER
        )
