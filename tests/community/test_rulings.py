"""What the owner of a video decides about comments: show, hide, pin, heart; and likes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import Commenting
from antenne.community.models import CommentRuling, Follow, Like
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.comments import comments_held, comments_page
from antenne.community.selectors.follows import videos_followed
from antenne.community.selectors.places import place_of_video
from antenne.community.services.follows import channel_follow, channel_unfollow
from antenne.community.services.likes import comment_like, video_like
from antenne.community.services.rulings import comment_heart, comment_pin, comment_rule
from antenne.community.states import Bell, Ruled
from tests.factories.community import comment_make

Decision = Callable[..., object]
DECISIONS: list[tuple[Decision, dict[str, object]]] = [
    (comment_rule, {"state": "hidden"}),
    (comment_pin, {"on": True}),
    (comment_heart, {"on": True}),
]


def bodies(video: Video, sort: str = "top") -> list[str]:
    place = place_of_video(video.public_id, viewer=None)
    return [seen.comment.body for seen in comments_page(place, viewer=None, sort=sort).items]


def test_a_held_comment_is_shown_once_its_owner_says_so(
    video: Video, alice: Person, charlie: Person
) -> None:
    Video.objects.update(commenting=Commenting.HELD)
    comment = comment_make(video, by=charlie)
    assert [row.pk for row in comments_held(alice)] == [comment.pk]

    comment_rule(by=alice, key=comment.pk, state=Ruled.SHOWN)
    comment_rule(by=alice, key=comment.pk, state=Ruled.SHOWN)

    assert bodies(video) == ["Lovely swans."]
    assert tallies_of([video.pk])[video.pk]["comments"] == 1
    assert not comments_held(alice).exists()


def test_a_hidden_comment_is_not_counted(video: Video, alice: Person, charlie: Person) -> None:
    comment = comment_make(video, by=charlie)

    comment_rule(by=alice, key=comment.pk, state=Ruled.HIDDEN)

    assert bodies(video) == []
    assert tallies_of([video.pk])[video.pk]["comments"] == 0


def test_one_comment_is_pinned_and_stands_first_in_every_order(
    video: Video, alice: Person, bob: Person, charlie: Person
) -> None:
    first = comment_make(video, by=charlie, body="First.")
    second = comment_make(video, by=bob, body="Second.")
    comment_make(video, by=bob, body="Third.")

    comment_pin(by=alice, key=second.pk, on=True)
    comment_pin(by=alice, key=first.pk, on=True)

    assert bodies(video) == bodies(video, "new") == ["First.", "Third.", "Second."]
    assert CommentRuling.objects.filter(pinned=True).count() == 1


def test_an_answer_cannot_be_pinned(video: Video, alice: Person, charlie: Person) -> None:
    root = comment_make(video, by=charlie)
    reply = comment_make(video, by=charlie, body="Swans.", reply_to=root)

    with pytest.raises(CommunityRefused):
        comment_pin(by=alice, key=reply.pk, on=True)

    assert not CommentRuling.objects.filter(pinned=True).exists()


@pytest.mark.parametrize(("decide", "values"), DECISIONS)
@pytest.mark.parametrize("name", ["bob", "charlie", "mona"])
def test_only_its_owner_decides(
    request: pytest.FixtureRequest,
    video: Video,
    name: str,
    decide: Decision,
    values: dict[str, object],
) -> None:
    comment = comment_make(video, by=request.getfixturevalue("charlie"))
    before = CommentRuling.objects.values().get()

    with pytest.raises(NotFound):
        decide(by=request.getfixturevalue(name), key=comment.pk, **values)

    assert CommentRuling.objects.values().get() == before


def test_liked_comments_stand_above_others(video: Video, bob: Person, charlie: Person) -> None:
    liked = comment_make(video, by=charlie, body="First.")
    comment_make(video, by=charlie, body="Second.")

    comment_like(by=bob, comment=liked, home=video.home, on=True)

    assert bodies(video) == ["First.", "Second."]
    assert bodies(video, "new") == ["Second.", "First."]


def test_a_like_is_counted_once_and_can_be_taken_back(video: Video, charlie: Person) -> None:
    for _time in range(3):
        video_like(by=charlie, video=video, on=True)
    assert tallies_of([video.pk])[video.pk]["likes"] == 1

    for _time in range(2):
        video_like(by=charlie, video=video, on=False)

    assert tallies_of([video.pk])[video.pk]["likes"] == 0
    assert not Like.objects.exists()


def test_following_counts_once_and_can_be_silent(
    video: Video, channel: Channel, charlie: Person
) -> None:
    channel_follow(by=charlie, channel=channel)
    channel_follow(by=charlie, channel=channel, bell=Bell.NONE)

    assert tallies_of([channel.pk])[channel.pk]["followers"] == 1
    assert Follow.objects.get().bell == Bell.NONE
    assert list(videos_followed(charlie)) == [video]

    channel_unfollow(by=charlie, channel=channel)
    channel_unfollow(by=charlie, channel=channel)
    assert tallies_of([channel.pk])[channel.pk]["followers"] == 0


def test_nobody_follows_their_own_channel(channel: Channel, alice: Person) -> None:
    with pytest.raises(CommunityRefused):
        channel_follow(by=alice, channel=channel)

    assert not Follow.objects.exists()
