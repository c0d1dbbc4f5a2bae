"""What stands around the player: facts, description, what is next."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.services.videos import video_edit
from antenne.catalog.states import TallyKind
from antenne.kernel.clock import now
from tests.factories.catalog import caption_make, video_make, video_of
from tests.web.pages import block_of


def test_what_is_next_is_public_and_not_the_video_itself(
    client: Client, bob: Person, channel: Channel
) -> None:
    video = video_make(channel, title="Swans")
    other = video_of(bob, title="Geese")
    video_make(channel, title="Herons unseen", visibility="private")
    video_make(channel, title="Storks to come", state="processing")

    response = client.get(f"/v/{video.public_id}")

    block = block_of(response, "playback")
    assert [row.video.title for row in response.context["next"]] == ["Geese"]
    assert block["next"]["url"] == f"/v/{other.public_id}"
    assert (block["next"]["title"], block["next"]["durationMs"]) == ("Geese", 12_000)
    assert block["listed"] is False


def test_a_lonely_video_has_nothing_next(client: Client, channel: Channel) -> None:
    video = video_make(channel)

    response = client.get(f"/v/{video.public_id}")

    assert block_of(response, "playback")["next"] is None
    assert "Up next</h2>" not in response.content.decode()


def test_views_are_counted_in_words(client: Client, channel: Channel) -> None:
    video = video_make(channel)
    none = client.get(f"/v/{video.public_id}").content.decode()
    tally_add(subject=video.pk, home=video.home, kind=TallyKind.VIEWS, by=10_000_000)

    many = client.get(f"/v/{video.public_id}").content.decode()

    assert "views" not in none.split("watch__facts")[1].split("</p>")[0]
    assert "10,000,000 views" in many


def test_a_transcript_is_offered_where_there_are_captions(client: Client, channel: Channel) -> None:
    video = video_make(channel)
    without = client.get(f"/v/{video.public_id}").content.decode()
    caption_make(video)

    page = client.get(f"/v/{video.public_id}").content.decode()

    assert "data-transcript" not in without
    assert '<option value="0">English</option>' in page


def test_tags_and_description_cannot_break_the_page(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = video_make(channel)
    Video.objects.filter(pk=video.pk).update(tags=["<i>", "تاج", "a/b", "+"], category="news")
    video_edit(by=alice, public_id=video.public_id, description="<b>bold</b>\n" * 40)

    page = client.get(f"/v/{video.public_id}").content.decode()

    assert '<a class="chip" href="/tag/i" dir="auto">&lt;i&gt;</a>' in page
    assert '<a class="chip" href="/tag/a-b" dir="auto">a/b</a>' in page
    assert '<span class="chip" dir="auto">+</span>' in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<span>News</span>" in page


def test_the_newest_come_first(client: Client, bob: Person, channel: Channel) -> None:
    video = video_make(channel)
    for days, title in ((3, "Old"), (1, "New"), (2, "Between")):
        made = video_of(bob, title=title)
        Video.objects.filter(pk=made.pk).update(published_at=now() - timedelta(days=days))

    response = client.get(f"/v/{video.public_id}")

    assert [row.video.title for row in response.context["next"]] == ["New", "Between", "Old"]
