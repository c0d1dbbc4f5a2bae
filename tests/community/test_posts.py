"""Posts of channels and discussions of groups: who publishes, reads, leads and removes."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.states import Audience
from antenne.community.models import Comment, Group, GroupMember, Notification, Post, PostPhoto
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.groups import role_in
from antenne.community.selectors.places import place_of_post
from antenne.community.selectors.posts import post_open, posts_followed, posts_seen
from antenne.community.services.clearing import subject_clear
from antenne.community.services.comments import comment_create
from antenne.community.services.follows import channel_follow
from antenne.community.services.groups import (
    group_create,
    group_edit,
    group_join,
    group_leave,
    member_set,
)
from antenne.community.services.likes import post_like
from antenne.community.services.posts import (
    Brought,
    Words,
    channel_post,
    group_post,
    post_edit,
    post_remove,
)
from antenne.community.services.telling import asked_told, let_in_told, post_told
from antenne.community.states import Joining, Role
from tests.factories.catalog import video_make

HELLO = Words(body="Back from the sea.")


def picture(width: int = 400, height: int = 300) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (width, height), "#336699").save(kept, "PNG")
    return kept.getvalue()


def member_of(group: Group, person: Person) -> GroupMember:
    return GroupMember.objects.get(group=group, person=person)


@pytest.fixture
def group(alice: Person) -> Group:
    """Alice's group, which lets people in one by one."""
    return group_create(by=alice, name="Lighthouses", joining=Joining.APPROVAL)


def test_a_post_has_its_pictures_and_what_they_show(
    channel: Channel, video: Video, alice: Person
) -> None:
    photos = (Brought(picture(), "A lighthouse\nat dawn"), Brought(picture(4000, 100)))

    made = channel_post(
        by=alice, channel=channel, words=Words("Look.", video=video.public_id, photos=photos)
    )

    seen = posts_seen([made], viewer=None)[0]
    sizes = [(photo.width_px, photo.height_px, photo.alt) for photo in seen.photos]
    assert sizes == [(400, 300, "A lighthouse at dawn"), (2048, 51, "")]
    assert made.video == video


WRONG = [
    Words(),
    Words("x" * 10_001),
    Words("a", photos=(Brought(b"GIF89a"),)),
    Words("a", photos=(Brought(b""),)),
    Words("a", photos=tuple(Brought(b"x") for _ in range(11))),
    Words("a", video="x0000000"),
]


@pytest.mark.parametrize("words", WRONG)
def test_what_cannot_be_published_leaves_nothing(
    channel: Channel, alice: Person, words: Words
) -> None:
    with pytest.raises(CommunityRefused):
        channel_post(by=alice, channel=channel, words=words)

    assert not Post.objects.exists()
    assert not PostPhoto.objects.exists()


def test_a_private_video_is_not_shown_in_a_post(channel: Channel, alice: Person) -> None:
    private = video_make(channel, visibility="private")

    with pytest.raises(CommunityRefused):
        channel_post(by=alice, channel=channel, words=Words("a", video=private.public_id))


def test_only_its_team_publishes_in_a_channel_and_changes_posts(
    channel: Channel, alice: Person, bob: Person
) -> None:
    with pytest.raises(NotFound):
        channel_post(by=bob, channel=channel, words=HELLO)
    made = channel_post(by=alice, channel=channel, words=HELLO)

    with pytest.raises(NotFound):
        post_edit(by=bob, public_id=made.public_id, body="Mine.")
    with pytest.raises(NotFound):
        post_remove(by=bob, public_id=made.public_id)

    assert Post.objects.get().body == "Back from the sea."


def test_people_comment_on_a_post_and_like_it(channel: Channel, alice: Person, bob: Person) -> None:
    made = channel_post(by=alice, channel=channel, words=HELLO)
    place = place_of_post(made.public_id, viewer=bob)

    comment_create(by=bob, place=place, body="Welcome.")
    post_like(by=bob, post=made, on=True)

    seen = posts_seen([made], viewer=bob)[0]
    assert (seen.comments, seen.likes, seen.liked, seen.mine) == (1, 1, True, False)


def test_a_removed_post_leaves_nothing(channel: Channel, alice: Person, bob: Person) -> None:
    made = channel_post(by=alice, channel=channel, words=Words(photos=(Brought(picture()),)))
    comment_create(by=bob, place=place_of_post(made.public_id, viewer=bob), body="Welcome.")

    post_remove(by=alice, public_id=made.public_id)
    subject_clear(subject=made.pk)

    left = [model.objects.count() for model in (Post, PostPhoto, Comment)]
    assert left == [0, 0, 0]


def test_followers_are_told_of_a_post_once(channel: Channel, alice: Person, bob: Person) -> None:
    channel_follow(by=bob, channel=channel)
    made = channel_post(by=alice, channel=channel, words=HELLO)

    for _time in range(2):
        post_told(key=made.pk)

    assert Notification.objects.get().person == bob
    assert list(posts_followed(bob)) == [made]


def test_a_closed_group_is_read_by_members_alone(
    group: Group, alice: Person, bob: Person, charlie: Person
) -> None:
    made = group_post(by=alice, group=group, words=Words("Hello.", title="First"))
    group_join(by=bob, group=group)

    for person in (None, bob, charlie):
        with pytest.raises(NotFound):
            post_open(made.public_id, viewer=person)
    assert made.audience == Audience.OWNERS
    assert list(posts_followed(bob)) == []
    with pytest.raises(CommunityRefused):
        group_post(by=bob, group=group, words=HELLO)


def test_who_asks_is_let_in_and_told(group: Group, alice: Person, bob: Person) -> None:
    group_join(by=bob, group=group)
    asked = member_of(group, bob)
    asked_told(key=asked.pk)

    member_set(by=alice, group=group, key=asked.pk, role=Role.MEMBER)
    let_in_told(key=asked.pk)

    people = set(Notification.objects.values_list("person__name", flat=True))
    assert (role_in(bob, group), people) == (Role.MEMBER, {"Alice", "Bob"})


def test_roles_are_given_from_above(
    group: Group, alice: Person, bob: Person, charlie: Person
) -> None:
    group_edit(by=alice, group=group, name="Lights", about="", joining=Joining.OPEN)
    for person in (bob, charlie):
        group_join(by=person, group=group)
    member_set(by=alice, group=group, key=member_of(group, bob).pk, role=Role.MODERATOR)

    owner, member = member_of(group, alice), member_of(group, charlie)
    for by, row, role in (
        (bob, owner, Role.MEMBER),
        (bob, member, Role.MODERATOR),
        (bob, member, Role.OWNER),
    ):
        with pytest.raises(CommunityRefused):
            member_set(by=by, group=group, key=row.pk, role=role)
    with pytest.raises(NotFound):
        member_set(by=charlie, group=group, key=owner.pk, role=Role.BANNED)
    with pytest.raises(NotFound):
        group_edit(by=bob, group=group, name="Mine", about="", joining=Joining.OPEN)
    assert [role_in(person, group) for person in (alice, bob, charlie)] == [
        "owner", "moderator", "member",
    ]  # fmt: skip


def test_a_banned_person_does_not_come_back(group: Group, alice: Person, bob: Person) -> None:
    group_join(by=bob, group=group)
    member_set(by=alice, group=group, key=member_of(group, bob).pk, role=Role.BANNED)

    group_leave(by=bob, group=group)
    with pytest.raises(CommunityRefused):
        group_join(by=bob, group=group)

    assert role_in(bob, group) == Role.BANNED


def test_a_group_always_has_an_owner(group: Group, alice: Person, bob: Person) -> None:
    with pytest.raises(CommunityRefused):
        group_leave(by=alice, group=group)
    group_join(by=bob, group=group)

    member_set(by=alice, group=group, key=member_of(group, bob).pk, role=Role.OWNER)
    group_leave(by=alice, group=group)

    assert (role_in(bob, group), role_in(alice, group)) == (Role.OWNER, "")


def test_whoever_is_banned_reads_an_open_group_and_says_nothing(alice: Person, bob: Person) -> None:
    group = group_create(by=alice, name="Harbours")
    group_join(by=bob, group=group)
    talk = group_post(by=alice, group=group, words=Words("Which one?", title="Harbours"))
    member_set(by=alice, group=group, key=member_of(group, bob).pk, role=Role.BANNED)

    place = place_of_post(talk.public_id, viewer=bob)
    with pytest.raises(CommunityRefused):
        comment_create(by=bob, place=place, body="All of them.")

    assert not Comment.objects.exists()


def test_who_began_a_discussion_takes_back_their_words_and_not_those_of_others(
    alice: Person, bob: Person
) -> None:
    group = group_create(by=alice, name="Harbours")
    group_join(by=bob, group=group)
    words = Words("Which one?", title="Harbours", photos=(Brought(picture()),))
    talk, alone = (group_post(by=bob, group=group, words=words) for _number in range(2))
    place = place_of_post(talk.public_id, viewer=alice)
    answer = comment_create(by=alice, place=place, body="The old one.")

    for post in (talk, alone):
        post_remove(by=bob, public_id=post.public_id)

    kept = Post.objects.get()
    assert (kept.pk, kept.title, kept.body, kept.removed) == (talk.pk, "", "", True)
    assert Comment.objects.get() == answer
    assert not PostPhoto.objects.exists()
    with pytest.raises(NotFound):
        post_edit(by=alice, public_id=talk.public_id, body="Mine now.")
    post_remove(by=alice, public_id=talk.public_id)
    assert not Post.objects.exists()
