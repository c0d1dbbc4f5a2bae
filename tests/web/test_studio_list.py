"""The studio's list: what it shows to whom, narrowed, sorted, changed by the dozen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Member, Video
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.details import Details
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.services.videos import video_edit
from antenne.catalog.states import TallyKind
from antenne.kernel.clock import now
from tests.factories.catalog import video_make
from tests.web.pages import client_of


def titles(person: Person, query: str = "") -> list[str]:
    page = client_of(person).get(f"/studio{query}")
    assert page.status_code == 200
    return [row.video.title for row in page.context["page"].rows]


def chosen(*videos: Video, **fields: str) -> dict[str, object]:
    return {"video": [video.public_id for video in videos], **fields}


def test_the_list_counts_views_and_comments(alice: Person, channel: Channel) -> None:
    video = video_make(channel)
    tally_add(subject=video.pk, home=video.home, kind=TallyKind.VIEWS, by=10_000_000)

    page = client_of(alice).get("/studio").content.decode()

    assert "10,000,000" in page


def test_the_list_is_narrowed_by_each_filter(alice: Person, channel: Channel) -> None:
    other = channel_create(person=alice, name="Birds")
    video_make(channel, title="Swans at dawn")
    video_make(other, title="Geese", visibility="private")
    video_make(channel, title="Ducks", state="refused")

    assert titles(alice, "?text=dawn") == ["Swans at dawn"]
    assert titles(alice, "?channel=birds") == ["Geese"]
    assert titles(alice, "?visibility=private") == ["Geese"]
    assert titles(alice, "?state=refused") == ["Ducks"]
    assert titles(alice, f"?since={(now() + timedelta(days=2)).date()}") == []
    assert len(titles(alice, "?state=what&sort=nothing&since=never")) == 3


def test_the_list_goes_on_where_it_stopped(alice: Person, channel: Channel) -> None:
    for number in range(51):
        video_make(channel, title=f"Swan {number}")

    page = client_of(alice).get("/studio?sort=changed")
    more = titles(alice, page.context["query"])

    assert "sort=changed" in page.context["query"]
    assert len(page.context["page"].rows) == 50
    assert len(more) == 1


def test_a_cursor_of_nobody_is_not_found(alice: Person) -> None:
    assert client_of(alice).get("/studio?after=swans").status_code == 404


def test_nobody_sees_the_videos_of_others(bob: Person, channel: Channel) -> None:
    video_make(channel)

    assert titles(bob) == []


def test_many_are_changed_at_once_and_others_left_alone(
    alice: Person, bob: Person, channel: Channel
) -> None:
    mine, theirs = video_make(channel), video_make(channel_create(person=bob, name="Bob's"))
    fields = chosen(mine, theirs, action="visibility", visibility="private")

    page = client_of(alice).post("/studio/bulk", fields, follow=True).content.decode()

    assert set(Video.objects.values_list("visibility", flat=True)) == {"private", "public"}
    assert Video.objects.get(pk=theirs.pk).visibility == "public"
    assert "1 video changed." in page
    assert f"{theirs.public_id}: There is no such video of yours." in page


def test_tags_are_added_and_taken_away(alice: Person, channel: Channel) -> None:
    video = video_make(channel)
    video_edit(by=alice, public_id=video.public_id, details=Details(tags=("birds",)))

    client = client_of(alice)
    client.post("/studio/bulk", chosen(video, action="tags_add", tags="#Dawn, lake ,birds"))
    client.post("/studio/bulk", chosen(video, action="tags_remove", tags="Birds"))

    video.refresh_from_db()
    assert video.tags == ["dawn", "lake"]


def test_deleting_asks_first(alice: Person, channel: Channel) -> None:
    video = video_make(channel)
    client = client_of(alice)

    asked = client.post("/studio/bulk", chosen(video, action="remove", back="//evil.example"))
    assert "Delete 1 video for ever" in asked.content.decode()
    assert asked.context["back"] == "/studio"
    assert Video.objects.count() == 1

    client.post("/studio/bulk", chosen(video, action="remove", sure="1"))
    assert not Video.objects.exists()


def test_an_editor_deletes_nothing(alice: Person, bob: Person, channel: Channel) -> None:
    video = video_make(channel)
    Member.objects.create(home=channel.home, channel=channel, person=bob, role="editor")

    fields = chosen(video, action="remove", sure="1")
    page = client_of(bob).post("/studio/bulk", fields, follow=True).content.decode()

    assert Video.objects.count() == 1
    assert "Swans: You may not do this." in page


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"action": "visibility", "visibility": "withdrawn"},
        {"action": "visibility", "visibility": "scheduled"},
        {"action": "category", "category": "x" * 500},
        {"action": "explode"},
        {"action": "tags_add", "tags": ",".join(str(number) for number in range(99))},
    ],
)
def test_what_cannot_be_done_to_many_changes_nothing(
    alice: Person, channel: Channel, fields: dict[str, str]
) -> None:
    video = video_make(channel)
    before = Video.objects.values().get()

    response = client_of(alice).post("/studio/bulk", chosen(video, **fields))

    assert response.status_code == 302
    assert Video.objects.values().get() == before
