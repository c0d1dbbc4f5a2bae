"""Taking away what somebody has published who leaves, and handing on what they did for others."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from antenne.accounts.models import Person
from antenne.accounts.selectors import addresses_of
from antenne.catalog.models import Channel, Invitation, Playlist, PlaylistItem, Video
from antenne.catalog.selectors.channels import channels_of
from antenne.catalog.services.channels import channel_remove
from antenne.catalog.services.videos import video_remove
from antenne.kernel.facts import Fact, fact_record


def person_leave(*, person_id: UUID) -> None:
    """Remove every channel of a person with its videos, then say that nothing is left.

    What they put into other people's playlists stays there, in the name of the list's owner; whom
    they invited into a team stays invited, by the channel's owner.
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return
    videos = Video.objects.filter(channel__person=person).values_list("public_id", flat=True)
    for public_id in list(videos):
        video_remove(by=person, public_id=public_id)
    for handle in list(channels_of(person).values_list("handle", flat=True)):
        channel_remove(by=person, handle=handle)
    _hand_on(person)
    fact_record(Fact("person.emptied", {"person": str(person_id)}))


@transaction.atomic
def _hand_on(person: Person) -> None:
    lists = Playlist.objects.filter(pk=OuterRef("playlist"))
    added = PlaylistItem.objects.filter(person=person).exclude(playlist__person=F("person"))
    added.update(person=Subquery(lists.values("person")[:1]))
    channels = Channel.objects.filter(pk=OuterRef("channel"))
    asked = Invitation.objects.filter(invited_by=person)
    asked.update(invited_by=Subquery(channels.values("person")[:1]))
    if person.user is not None:
        Invitation.objects.filter(email__in=addresses_of(person.user)).delete()
