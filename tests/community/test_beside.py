"""What stands beside the videos that a search finds, and for whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.asking import asking_read
from antenne.catalog.models import Channel, ChannelSearch
from antenne.catalog.selectors.onlookers import Onlooker
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.search import channel_index, playlist_index
from antenne.community.models import Group, GroupMember
from antenne.community.selectors.beside import Beside, beside_found
from antenne.community.services.groups import group_create, group_join, member_set
from antenne.community.services.posts import Brought, Words, channel_post, group_post
from antenne.community.services.search import group_index, post_index
from antenne.community.states import Joining, Role
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from tests.catalog.finding import known
from tests.community.test_posts import picture
from tests.factories.playlists import playlist_make

pytestmark = pytest.mark.django_db


def said(text: str, **of: object) -> dict[str, list[str]]:
    """Return the names of what stands beside, by kind; *of* whom it is for."""
    found = beside_found(asking_read(text), onlooker=Onlooker(**of))  # type: ignore[arg-type] # its fields
    return {
        "channels": [row.channel.name for row in found.channels],
        "playlists": [row.title for row in found.playlists],
        "groups": [row.name for row in found.groups],
        "posts": [row.body for row in found.posts],
    }


def called(person: Person, name: str) -> Channel:
    channel = channel_create(person=person, name=name)
    known(channel, "Something")
    return channel


def posted(channel: Channel, body: str) -> None:
    post_index(post_id=channel_post(by=channel.person, channel=channel, words=Words(body)).pk)


@pytest.fixture
def closed(alice: Person, bob: Person) -> Group:
    """Alice's closed group, into which Bob was let, and where the lamp is broken."""
    group = group_create(by=alice, name="Keepers", joining=Joining.APPROVAL)
    group_join(by=bob, group=group)
    row = GroupMember.objects.get(group=group, person=bob)
    member_set(by=alice, group=group, key=row.pk, role=Role.MEMBER)
    post = group_post(by=alice, group=group, words=Words("The lamp is broken", "A question"))
    post_index(post_id=post.pk)
    return group


def test_each_kind_is_found_by_its_own_words(channel: Channel, alice: Person) -> None:
    called(alice, "Lighthouses")
    playlist = playlist_make(alice, known(channel, "Swans"), title="Lighthouses at night")
    playlist_index(playlist_id=playlist.pk)
    group_index(group_id=group_create(by=alice, name="Lighthouse keepers").pk)
    posted(channel, "We went to the lighthouse")

    assert said("lighthouse") == {
        "channels": ["Lighthouses"],
        "playlists": ["Lighthouses at night"],
        "groups": ["Lighthouse keepers"],
        "posts": ["We went to the lighthouse"],
    }
    assert said("harbour") == {"channels": [], "playlists": [], "groups": [], "posts": []}
    assert said("lighthouse -went")["posts"] == []
    assert said("lighthouse -night")["playlists"] == []


def test_a_closed_group_speaks_to_its_members_alone(
    closed: Group, alice: Person, bob: Person, charlie: Person
) -> None:
    for person in (alice, charlie, bob, None, alice):
        known_to = person in (alice, bob)
        assert said("lamp", person=person)["posts"] == ["The lamp is broken"] * known_to


def test_what_somebody_has_blocked_is_left_out(channel: Channel, alice: Person) -> None:
    blocked = called(alice, "Lighthouses")
    posted(channel, "We went to the lighthouse")

    assert said("lighthouse", channels=frozenset({blocked.pk}))["channels"] == []
    assert said("lighthouse", people=frozenset({alice.pk}))["posts"] == []
    assert said("lighthouse", words=("went",))["posts"] == []


def test_what_the_site_no_longer_offers_is_gone_at_once(channel: Channel, alice: Person) -> None:
    posted(channel, "We went to the lighthouse")
    group_index(group_id=group_create(by=alice, name="Lighthouse keepers").pk)
    assert said("lighthouse")["posts"]

    setting_write(value=FeatureSettings(posts=False, groups=False), by=None, reason="")

    assert said("lighthouse") == {"channels": [], "playlists": [], "groups": [], "posts": []}


def test_the_most_followed_channels_that_hold_something_stand_there(alice: Person) -> None:
    for number in range(16):
        channel = channel_create(person=alice, name=f"Lighthouse {number:02}")
        channel_index(channel_id=channel.pk)
        if number in (1, 2, 3, 4):
            known(channel, "Something")
        ChannelSearch.objects.filter(channel=channel).update(followers=number)

    assert said("lighthouse")["channels"] == ["Lighthouse 04", "Lighthouse 03", "Lighthouse 02"]


def columns(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_are_told_as_they_are_kept(channel: Channel, alice: Person, bob: Person) -> None:
    called(alice, "Lighthouses")
    playlist = playlist_make(bob, known(channel, "Swans"), title="Lighthouses")
    playlist_index(playlist_id=playlist.pk)
    group = group_create(by=bob, name="Lighthouses")
    group_join(by=alice, group=group)
    group_index(group_id=group.pk)
    post_index(post_id=group_post(by=bob, group=group, words=Words("A lighthouse")).pk)
    pictured = Words("A lighthouse, too", photos=(Brought(picture(), "A lamp"),))
    post_index(post_id=channel_post(by=alice, channel=channel, words=pictured).pk)

    found = beside_found(asking_read("lighthouses"))

    rows: list[Model] = [*found.playlists, *found.groups, *found.posts, *found.photos.values()]
    rows += [each.channel for each in found.channels]
    rows += [row.person for row in found.playlists]
    rows += [post.person for post in found.posts]
    rows += [place for post in found.posts for place in (post.channel, post.group) if place]
    assert len(rows) == 11
    for row in rows:
        assert columns(row) == columns(type(row)._base_manager.get(pk=row.pk))
    assert found.sizes == {group.pk: 2}


def test_two_queries_tell_everything(channel: Channel) -> None:
    called(channel.person, "Lighthouses")
    posted(channel, "We went to the lighthouse")
    beside_found(asking_read("lighthouse"))

    with CaptureQueriesContext(connection) as caught:
        found = beside_found(asking_read("lighthouse"))
        assert [post.channel for post in found.posts] == [channel]

    assert len(caught) == 2


def test_one_query_says_that_there_is_nothing(channel: Channel) -> None:
    beside_found(asking_read("harbour"))

    with CaptureQueriesContext(connection) as caught:
        assert beside_found(asking_read("lighthouse")) == Beside()

    assert len(caught) == 1
