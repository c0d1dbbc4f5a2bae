"""Blocking people, channels and words."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.teams import may_edit
from antenne.community.models import ChannelBlock, Notification, PersonBlock, WordBlock
from antenne.community.refusals import CommunityRefused
from antenne.community.services.follows import follow_end
from antenne.kernel.wording import one_line

PEOPLE_MAX = 1000
CHANNELS_MAX = 1000
WORDS_MAX = 200
WORD_MAX_CHARS = 60


@transaction.atomic
def person_block(*, by: Person, handle: str) -> PersonBlock:
    """Block somebody: one does not read them, they do not comment on one's channels."""
    wanted = one_line(handle).removeprefix("@")[:32]
    blocked = Person.objects.filter(handle__iexact=wanted).first() if wanted else None
    if blocked is None:
        raise CommunityRefused(_("There is nobody of this name."))
    if blocked.pk == by.pk:
        raise CommunityRefused(_("You cannot block yourself."))
    _full_check(PersonBlock.objects.filter(person=by).count(), PEOPLE_MAX)
    row, _made = PersonBlock.objects.get_or_create(person=by, blocked=blocked, home=by.home)
    return row


def _full_check(count: int, most: int) -> None:
    if count >= most:
        raise CommunityRefused(_("This list is full. Take something away first."))


@transaction.atomic
def person_unblock(*, by: Person, key: UUID) -> None:
    """Take a person off one's list; raise `NotFound` for a row of anybody else's."""
    gone, _rows = PersonBlock.objects.filter(person=by, pk=key).delete()
    if not gone:
        raise NotFound(str(key))


@transaction.atomic
def channel_block(*, by: Person, channel: Channel) -> None:
    """Block a channel: one is not led to it any more, and does not follow it.

    A second time changes nothing.
    """
    if may_edit(by, channel):
        raise CommunityRefused(_("This channel is your own."))
    rows = ChannelBlock.objects.filter(person=by)
    if not rows.filter(channel=channel).exists():
        _full_check(rows.count(), CHANNELS_MAX)
        row = ChannelBlock(person=by, channel=channel, home=by.home)
        ChannelBlock.objects.bulk_create([row], ignore_conflicts=True)
    follow_end(by=by, channel=channel)
    Notification.objects.filter(person=by, channel=channel).delete()


def channel_unblock(*, by: Person, channel: Channel) -> None:
    """Take a channel off one's list; doing it again changes nothing."""
    ChannelBlock.objects.filter(person=by, channel=channel).delete()


@transaction.atomic
def word_block(*, by: Person, word: str) -> None:
    """Block a word or a phrase; a second time changes nothing."""
    clean = one_line(word)
    if not clean or len(clean) > WORD_MAX_CHARS:
        raise CommunityRefused(_("Write a word or a short phrase."))
    rows = WordBlock.objects.filter(person=by)
    if rows.filter(word__iexact=clean).exists():
        return
    _full_check(rows.count(), WORDS_MAX)
    WordBlock.objects.bulk_create(
        [WordBlock(person=by, word=clean, home=by.home)], ignore_conflicts=True
    )


@transaction.atomic
def word_unblock(*, by: Person, key: UUID) -> None:
    """Take a word off one's list; raise `NotFound` for a row of anybody else's."""
    gone, _rows = WordBlock.objects.filter(person=by, pk=key).delete()
    if not gone:
        raise NotFound(str(key))
