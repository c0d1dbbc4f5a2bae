"""Who looks at lists: where they are, whom and what they have blocked, what they like to see."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from antenne.accounts.models import Person, Preferences
from antenne.catalog.models import Channel
from antenne.catalog.selectors.onlookers import Onlooker, limited_somewhere
from antenne.community.models import ChannelBlock, PersonBlock, WordBlock
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.delivery.places import country_of, geo_open
from antenne.kernel.written import written


def onlooker_of(viewer: Person | None, *, address: str) -> Onlooker:
    """Return what lists leave out for *viewer* at a network address (one query, of a person).

    The address is looked up only where some video is limited to some countries: the database of
    addresses takes a hundred megabytes.
    """
    wishes = _wishes_of(viewer) if viewer else {}
    usual = setting_of(FeatureSettings).sensitive
    return Onlooker(
        country=country_of(address, geo=geo_open()) if limited_somewhere() else None,
        channels=frozenset(map(UUID, wishes.get("channel", ()))),
        people=frozenset(map(UUID, wishes.get("person", ()))),
        words=tuple(wishes.get("word", ())),
        sensitive=next(iter(wishes.get("sensitive", ())), usual),
        person=viewer,
    )


def _wishes_of(person: Person) -> dict[str, list[str]]:
    """Return what somebody has said of what they do not want to meet, by kind (one query)."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, value in _wished(person.pk):
        found[kind].append(value)
    return found


@written
def _wished(person: UUID) -> QuerySet[Channel, tuple[str, str]]:
    """Return each wish of a person with its kind."""
    theirs = Channel.objects.filter(person__blocked_by__person=person)
    channels = ChannelBlock.objects.filter(person=person)
    people = PersonBlock.objects.filter(person=person)
    words = WordBlock.objects.filter(person=person)
    liking = Preferences.objects.filter(person=person)

    def key(name: str) -> Cast:
        return Cast(name, TextField())

    return theirs.values_list(Value("channel"), key("pk")).union(
        channels.values_list(Value("channel"), key("channel")),
        people.values_list(Value("person"), key("blocked")),
        words.values_list(Value("word"), key("word")),
        liking.values_list(Value("sensitive"), key("sensitive")),
        all=True,
    )
