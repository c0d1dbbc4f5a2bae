"""A blocked channel: gone from what one is led to, open to whoever goes there."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.asking import asking_read
from antenne.catalog.models import Channel, Tally
from antenne.catalog.selectors.related import videos_related
from antenne.catalog.selectors.search import channels_found
from antenne.catalog.services.channels import channel_create
from antenne.community.models import ChannelBlock, Follow, Notification
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.onlookers import onlooker_of
from antenne.community.selectors.search import posts_found
from antenne.community.services import blocks
from antenne.community.services.blocks import channel_block, channel_unblock
from antenne.community.services.follows import channel_follow
from antenne.community.services.posts import Words, channel_post
from antenne.community.services.search import post_index
from antenne.community.services.telling import post_told, video_told
from tests.catalog.finding import known
from tests.community.test_onlookers import NOWHERE, met
from tests.web.pages import client_of


def test_a_blocked_channel_stands_in_no_list(channel: Channel, alice: Person, bob: Person) -> None:
    known(channel, "A swan")
    other = channel_create(person=alice, name="Geese")
    kept = known(other, "A swan among geese")
    post = channel_post(by=alice, channel=channel, words=Words("A swan."))
    post_index(post_id=post.pk)

    channel_block(by=bob, channel=channel)

    blocker = onlooker_of(bob, address=NOWHERE)
    assert met(blocker) == {("A swan among geese",)}
    assert [row.channel for row in channels_found(asking_read(""), onlooker=blocker).rows] == [
        other
    ]
    assert videos_related(kept, blocker) == []
    assert posts_found(asking_read("swan"), onlooker=blocker).rows == ()
    stranger = onlooker_of(alice, address=NOWHERE)
    assert met(stranger) == {("A swan", "A swan among geese")}
    assert len(posts_found(asking_read("swan"), onlooker=stranger).rows) == 1


def test_its_own_pages_stay_open(channel: Channel, bob: Person) -> None:
    video = known(channel, "A swan")
    channel_block(by=bob, channel=channel)
    client = client_of(bob)

    page = client.get(f"/c/{channel.handle}").content.decode()

    assert "A swan" in page
    assert "You have blocked this channel" in page
    assert client.get(f"/v/{video.public_id}").status_code == 200
    assert "A swan" not in client.get("/").content.decode()


def test_whoever_blocks_a_channel_does_not_follow_it(
    channel: Channel, alice: Person, bob: Person
) -> None:
    channel_follow(by=bob, channel=channel)
    video_told(key=known(channel, "A swan").pk)
    assert Notification.objects.filter(person=bob).count() == 1

    channel_block(by=bob, channel=channel)
    channel_block(by=bob, channel=channel)

    assert not Follow.objects.exists()
    assert not Notification.objects.exists()
    assert Tally.objects.get(subject=channel.pk).value == 0
    Follow.objects.create(person=bob, home=bob.home, channel=channel)  # as if at the same time
    post_told(key=channel_post(by=alice, channel=channel, words=Words("A swan.")).pk)
    assert not Notification.objects.exists()


def test_following_lets_it_back_in(channel: Channel, bob: Person) -> None:
    channel_block(by=bob, channel=channel)

    channel_follow(by=bob, channel=channel)

    assert not ChannelBlock.objects.exists()
    assert Follow.objects.get().channel == channel


def test_nobody_blocks_their_own_channel(channel: Channel, alice: Person) -> None:
    with pytest.raises(CommunityRefused):
        channel_block(by=alice, channel=channel)

    assert not ChannelBlock.objects.exists()


def test_a_full_list_takes_no_more(
    channel: Channel, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "CHANNELS_MAX", 1)
    other = channel_create(person=alice, name="Geese")
    channel_block(by=bob, channel=channel)

    with pytest.raises(CommunityRefused):
        channel_block(by=bob, channel=other)

    assert ChannelBlock.objects.get().channel == channel
    channel_unblock(by=bob, channel=channel)
    channel_block(by=bob, channel=other)


def test_it_is_blocked_and_let_back_in_without_scripts(channel: Channel, bob: Person) -> None:
    client = client_of(bob)
    here = f"/c/{channel.handle}"
    assert "Block this channel" in client.get(here).content.decode()

    answer = client.post(
        f"{here}/block", {"on": "1"}, headers={"referer": f"http://testserver{here}"}
    )

    assert answer["Location"] == here
    listed = client.get("/settings/blocks").content.decode()
    assert f"@{channel.handle}" in listed
    client.post(f"{here}/block", {"on": "0"})
    assert not ChannelBlock.objects.exists()


@pytest.mark.parametrize("name", ["anonymous", "alice", "charlie"])
def test_nobody_blocks_for_somebody_else(
    request: pytest.FixtureRequest, channel: Channel, bob: Person, name: str
) -> None:
    channel_block(by=bob, channel=channel)
    client = client_of(None if name == "anonymous" else request.getfixturevalue(name))

    client.post(f"/c/{channel.handle}/block", {"on": "0"})

    assert ChannelBlock.objects.get().person == bob
    assert client.get(f"/c/{channel.handle}/block").status_code in (302, 405)
    assert client.post("/c/nobody/block", {"on": "1"}).status_code in (302, 404)
