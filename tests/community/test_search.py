"""Searching posts and groups: in every language, with typos, and nothing of a closed group."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.asking import asking_prefix, asking_read
from antenne.catalog.models import Channel, SearchWord
from antenne.catalog.selectors.onlookers import Onlooker
from antenne.catalog.selectors.words import asking_corrected
from antenne.community.models import Group, GroupMember, Post, PostSearch
from antenne.community.selectors.search import (
    groups_found,
    groups_suggested,
    posts_found,
    posts_match,
)
from antenne.community.services.groups import group_create, group_edit, group_join, member_set
from antenne.community.services.posts import Words, channel_post, group_post, post_edit, post_remove
from antenne.community.services.search import (
    group_index,
    post_index,
    search_catch_up,
    words_count,
)
from antenne.community.states import Joining, Role
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from antenne.kernel.models import FactRecord


def said(text: str, viewer: Person | None = None, sort: str = "relevance") -> list[str]:
    """Return the bodies that a search finds, in order."""
    return [
        post.body
        for post in posts_found(asking_read(text), onlooker=Onlooker(person=viewer), sort=sort).rows
    ]


def posted(channel: Channel, body: str, title: str = "") -> Post:
    post = channel_post(by=channel.person, channel=channel, words=Words(body, title))
    post_index(post_id=post.pk)
    return post


def discussed(group: Group, by: Person, body: str) -> Post:
    post = group_post(by=by, group=group, words=Words(body, "A question"))
    post_index(post_id=post.pk)
    return post


@pytest.fixture
def closed(alice: Person, bob: Person) -> Group:
    """Alice's group, which lets people in one by one; Bob was let in."""
    group = group_create(by=alice, name="Keepers", joining=Joining.APPROVAL)
    group_join(by=bob, group=group)
    row = GroupMember.objects.get(group=group, person=bob)
    member_set(by=alice, group=group, key=row.pk, role=Role.MEMBER)
    return group


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("Les bateaux rentrent au port avec la marée", "bateau"),
        ("The boats are coming home with the tide", "boat"),
        ("Los barcos vuelven al puerto con la marea", "barco"),
        ("As canções dos pescadores não são para todos", "canção"),
        ("灯台の修理が終わりました", "灯台の修理"),
        ("À l'été, la lumière est différente", "lumiere ete"),
    ],
)
def test_a_post_is_found_in_its_language(channel: Channel, body: str, asked: str) -> None:
    posted(channel, body)
    posted(channel, "Nothing of the kind")

    assert said(asked) == [body]


def test_a_title_counts_more_than_a_text_and_of_equals_the_newer(channel: Channel) -> None:
    posted(channel, "A lighthouse, once")
    posted(channel, "A lighthouse, twice")
    posted(channel, "What we saw", title="The lighthouse")

    assert said("lighthouse") == ["What we saw", "A lighthouse, twice", "A lighthouse, once"]
    assert said("lighthouse", sort="newest")[0] == "What we saw"
    assert said("lighthouse -twice") == ["What we saw", "A lighthouse, once"]


def test_a_post_is_found_by_its_channel_and_its_tags(channel: Channel) -> None:
    posted(channel, "Back from the sea #holidays")

    assert said(channel.name) == said("holidays") == ["Back from the sea #holidays"]


def test_what_is_said_in_a_closed_group_is_found_by_its_members_alone(
    closed: Group, alice: Person, bob: Person, charlie: Person
) -> None:
    discussed(closed, alice, "The lamp is broken")

    assert said("lamp", alice) == said("lamp", bob) == ["The lamp is broken"]
    assert said("lamp", charlie) == said("lamp", None) == []
    assert not posts_match(asking_read("lamp"), onlooker=Onlooker(person=charlie))


def test_who_has_asked_or_is_banned_finds_nothing(
    closed: Group, alice: Person, bob: Person, charlie: Person
) -> None:
    discussed(closed, alice, "The lamp is broken")
    group_join(by=charlie, group=closed)
    row = GroupMember.objects.get(group=closed, person=bob)
    member_set(by=alice, group=closed, key=row.pk, role=Role.BANNED)

    assert said("lamp", charlie) == said("lamp", bob) == []


def test_a_group_that_closes_takes_what_is_said_along_at_once(
    alice: Person, charlie: Person
) -> None:
    group = group_create(by=alice, name="Keepers")
    discussed(group, alice, "The lamp is broken")
    assert said("lamp", charlie)

    group_edit(by=alice, group=group, name="Keepers", about="", joining=Joining.APPROVAL)

    assert said("lamp", charlie) == []
    assert PostSearch.objects.get(group=group).words == ""


def test_no_word_of_a_closed_group_completes_what_others_type(closed: Group, alice: Person) -> None:
    discussed(closed, alice, "The xylophone is broken")
    words_count()

    assert not SearchWord.objects.filter(word="xylophone").exists()


def test_a_typo_in_a_word_that_only_posts_use_is_understood(channel: Channel) -> None:
    posted(channel, "The xylophone is back")
    words_count()

    meant = asking_corrected(asking_read("xylophnoe"), matches=posts_match)

    assert meant is not None
    assert meant.text == "xylophone"


def test_a_changed_post_is_found_by_its_new_words(channel: Channel) -> None:
    post = posted(channel, "Swans")

    post_edit(by=channel.person, public_id=post.public_id, body="Geese")
    assert FactRecord.objects.filter(name="post.edited").count() == 1
    search_catch_up()

    assert said("swans") == []
    assert said("geese") == ["Geese"]


def test_a_removed_post_is_found_no_more(channel: Channel) -> None:
    post = posted(channel, "Swans")

    post_remove(by=channel.person, public_id=post.public_id)

    assert not PostSearch.objects.exists()
    post_index(post_id=post.pk)  # a late task
    assert said("swans") == []


def test_a_group_is_found_by_its_name_and_what_it_is_about(alice: Person) -> None:
    about = "Pour ceux qui aiment les phares de Bretagne"
    group = group_create(by=alice, name="Amis des phares", about=about)
    group_index(group_id=group.pk)

    assert [row.pk for row in groups_found(asking_read("phare bretagne")).rows] == [group.pk]
    assert groups_suggested(asking_prefix("ami")) == [group]


def test_what_was_there_before_search_is_caught_up_with(alice: Person, channel: Channel) -> None:
    group = group_create(by=alice, name="Lighthouses")
    channel_post(by=channel.person, channel=channel, words=Words("Swans"))

    assert search_catch_up() == 2
    assert search_catch_up() == 0
    assert said("swans") == ["Swans"]
    assert groups_found(asking_read("lighthouses")).rows == (group,)


def test_what_the_site_does_not_offer_is_not_found(channel: Channel, alice: Person) -> None:
    posted(channel, "Swans")
    group = group_create(by=alice, name="Swans")
    group_index(group_id=group.pk)

    setting_write(value=FeatureSettings(posts=False, groups=False), by=None, reason="")

    assert said("swans") == []
    assert groups_found(asking_read("swans")).rows == ()


def test_pages_of_posts_hold_each_once(channel: Channel) -> None:
    for number in range(5):
        posted(channel, f"Swan {number}")

    first = posts_found(asking_read("swan"), size=3)
    second = posts_found(asking_read("swan"), cursor=first.next_cursor, size=3)

    found = [post.body for post in (*first.rows, *second.rows)]
    assert sorted(found) == [f"Swan {number}" for number in range(5)]
    assert second.next_cursor == ""
