"""Taking away what somebody has published who leaves."""

from __future__ import annotations

from uuid import UUID

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.selectors.channels import channels_of
from antenne.catalog.services.channels import channel_remove
from antenne.catalog.services.videos import video_remove
from antenne.kernel.facts import Fact, fact_record


def person_leave(*, person_id: UUID) -> None:
    """Remove every channel of a person with its videos, then say that nothing is left."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return
    videos = Video.objects.filter(channel__person=person).values_list("public_id", flat=True)
    for public_id in list(videos):
        video_remove(by=person, public_id=public_id)
    for handle in list(channels_of(person).values_list("handle", flat=True)):
        channel_remove(by=person, handle=handle)
    fact_record(Fact("person.emptied", {"person": str(person_id)}))
