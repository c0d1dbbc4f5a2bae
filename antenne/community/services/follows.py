"""Following channels."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.states import TallyKind
from antenne.community.models import ChannelBlock, Follow
from antenne.community.refusals import CommunityRefused
from antenne.community.states import Bell
from antenne.kernel.rate import Rate, rate_spend

FOLLOW_RATE = Rate("community.follow", limit=60, window_s=60)
FOLLOWS_MAX = 2000


def channel_follow(*, by: Person, channel: Channel, bell: str = Bell.ALL) -> Follow:
    """Follow a channel, or change its bell where one follows it already."""
    if bell not in Bell.values:
        raise CommunityRefused(_("This choice is not known."))
    rate_spend(FOLLOW_RATE, str(by.pk))
    with transaction.atomic():
        return follow_write(by=by, channel=channel, bell=bell)


def follow_write(*, by: Person, channel: Channel, bell: str) -> Follow:
    """Write that *by* follows a channel, in the caller's transaction; count it once.

    Whoever follows a channel that they have blocked does not block it any more.
    """
    # One change of a person at a time: two at once count once.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    follow = Follow.objects.filter(person=by, channel=channel).first()
    if follow is not None:
        follow.bell = bell
        follow.save(update_fields=["bell"])
        return follow
    if channel.person_id == by.pk:
        raise CommunityRefused(_("This channel is your own."))
    if Follow.objects.filter(person=by).count() >= FOLLOWS_MAX:
        raise CommunityRefused(_("You follow too many channels. Leave one that you do not miss."))
    ChannelBlock.objects.filter(person=by, channel=channel).delete()
    tally_add(subject=channel.pk, home=channel.home, kind=TallyKind.FOLLOWERS)
    return Follow.objects.create(person=by, home=by.home, channel=channel, bell=bell)


@transaction.atomic
def channels_follow(*, by: Person, handles: Iterable[str]) -> int:
    """Follow those channels of this site that have one of some handles; return how many are new."""
    names = [handle.lower() for handle in handles]
    found = Channel.objects.annotate(low=Lower("handle")).filter(low__in=names)
    known = Follow.objects.filter(person=by).values("channel")
    fresh = list(found.exclude(person=by).exclude(pk__in=known)[:FOLLOWS_MAX])
    for channel in fresh:
        follow_write(by=by, channel=channel, bell=Bell.NONE)
    return len(fresh)


def channel_unfollow(*, by: Person, channel: Channel) -> None:
    """Stop following a channel; doing it again changes nothing."""
    rate_spend(FOLLOW_RATE, str(by.pk))
    follow_end(by=by, channel=channel)


@transaction.atomic
def follow_end(*, by: Person, channel: Channel) -> None:
    """Take away that *by* follows a channel, and count it once."""
    gone, _rows = Follow.objects.filter(person=by, channel=channel).delete()
    if gone:
        tally_add(subject=channel.pk, home=channel.home, kind=TallyKind.FOLLOWERS, by=-1)
