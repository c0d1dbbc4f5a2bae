"""What to watch after a video."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.selectors.related import videos_related
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.visibility import Showing, visibility_set
from tests.catalog.finding import known
from tests.factories.catalog import video_make


def test_what_shares_tags_words_and_channel_comes_first(channel: Channel, bob: Person) -> None:
    other = channel_create(person=bob, name="Bob's")
    video = known(channel, "Restoring a lighthouse", tags=["sea", "lamp"], language="en")
    known(other, "Cooking for two", language="es")
    known(other, "Old lighthouses", language="en")
    known(other, "Waves", tags=["sea", "lamp"], language="en")
    known(channel, "Ferries", language="en")

    found = [row.title for row in videos_related(video)]

    assert found[0] == "Waves"
    assert sorted(found[1:3]) == ["Ferries", "Old lighthouses"]
    assert found[3:] == ["Cooking for two"]


def test_what_is_closed_is_not_related(channel: Channel, alice: Person) -> None:
    video = known(channel, "Swans", tags=["birds"])
    other = known(channel, "Geese", tags=["birds"])

    assert videos_related(video) == [other]
    visibility_set(by=alice, public_id=other.public_id, showing=Showing("private"))
    assert videos_related(video) == []


def test_a_video_that_search_does_not_know_is_followed_by_the_newest(channel: Channel) -> None:
    other = video_make(channel, title="Geese")

    assert videos_related(video_make(channel)) == [other]


def test_it_costs_the_same_however_many_there_are(channel: Channel) -> None:
    video = known(channel, "Swans of the harbour", tags=["birds"])
    costs = []
    for _time in range(2):
        for number in range(8):
            known(channel, f"Swans {number}", tags=["birds"])
        with CaptureQueriesContext(connection) as caught:
            videos_related(video, size=5)
        costs.append(len(caught))

    assert costs == [2, 2]
