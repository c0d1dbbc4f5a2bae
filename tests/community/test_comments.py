"""Comments: who may write them, what becomes of them, and what is counted."""

from __future__ import annotations

import pytest
import time_machine

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.sight import SightRefused
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.catalog.states import Audience, Commenting
from antenne.community.models import Comment, CommentOrigin, CommentRuling, PersonBlock, WordBlock
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.comments import answers_page, comments_page
from antenne.community.selectors.places import place_of_video
from antenne.community.services.clearing import subject_clear
from antenne.community.services.comments import comment_create, comment_edit, comment_remove
from antenne.community.states import Ruled
from antenne.kernel.clock import now
from antenne.kernel.models import FactRecord
from antenne.kernel.rate import RateExceeded
from tests.factories.catalog import video_make
from tests.factories.community import comment_make


def bodies(video: Video, viewer: Person | None = None, sort: str = "top") -> list[str]:
    place = place_of_video(video.public_id, viewer=viewer)
    return [seen.comment.body for seen in comments_page(place, viewer=viewer, sort=sort).items]


def counted(video: Video) -> int:
    return tallies_of([video.pk])[video.pk].get("comments", 0)


def test_a_comment_is_shown_counted_and_told(video: Video, charlie: Person) -> None:
    comment = comment_make(video, by=charlie, body="Lovely swans.")

    assert bodies(video) == ["Lovely swans."]
    assert counted(video) == 1
    assert comment.audience == Audience.EVERYBODY
    assert FactRecord.objects.get(name="comment.posted").payload == {"comment": str(comment.pk)}
    assert CommentOrigin.objects.get().comment_id == comment.pk


def test_the_same_comment_sent_twice_is_there_once(video: Video, charlie: Person) -> None:
    first = comment_make(video, by=charlie)
    second = comment_make(video, by=charlie)

    assert first.pk == second.pk
    assert counted(video) == 1


@pytest.mark.parametrize("body", ["", "   \n ", "\u200b\x00", "x" * 5001])
def test_nothing_and_too_much_are_refused(video: Video, charlie: Person, body: str) -> None:
    with pytest.raises(CommunityRefused):
        comment_make(video, by=charlie, body=body)

    assert not Comment.objects.exists()


def test_an_answer_to_an_answer_stays_in_one_thread(
    video: Video, bob: Person, charlie: Person
) -> None:
    root = comment_make(video, by=charlie)
    first = comment_make(video, by=bob, body="Geese.", reply_to=root)
    second = comment_make(video, by=charlie, body="Swans!", reply_to=first)

    place = place_of_video(video.public_id, viewer=None)
    found, after = answers_page(root, place, viewer=None)
    assert [seen.comment.body for seen in found] == ["Geese.", "Swans!"]
    assert (second.root_id, found[1].answers, after) == (root.pk, "bob", "")
    assert CommentRuling.objects.get(pk=root.pk).replies == 2
    assert counted(video) == 3


def test_nobody_answers_a_comment_of_another_video(
    video: Video, bob: Person, charlie: Person
) -> None:
    elsewhere = comment_make(video_make(video.channel), by=charlie)

    with pytest.raises(NotFound):
        comment_make(video, by=bob, reply_to=elsewhere)

    assert counted(video) == 0


def test_comments_that_are_off_can_neither_be_written_nor_read(
    video: Video, charlie: Person
) -> None:
    comment_make(video, by=charlie)
    Video.objects.update(commenting=Commenting.OFF)

    assert bodies(video) == []
    with pytest.raises(CommunityRefused):
        comment_make(video, by=charlie, body="Again.")


def test_a_stranger_cannot_comment_on_a_private_video(video: Video, charlie: Person) -> None:
    private = video_make(video.channel, visibility="private")

    with pytest.raises(SightRefused):
        comment_make(private, by=charlie)


def test_what_hangs_on_a_video_follows_its_visibility(
    video: Video, alice: Person, charlie: Person
) -> None:
    comment_make(video, by=charlie)

    visibility_set(by=alice, public_id=video.public_id, showing=Showing("private"))

    assert Comment.objects.get().audience == Audience.OWNERS
    assert CommentRuling.objects.get().audience == Audience.OWNERS


def test_slow_mode_makes_people_wait_but_not_the_owner(
    video: Video, alice: Person, charlie: Person
) -> None:
    Video.objects.update(slow_mode_s=60)
    comment_make(video, by=charlie)
    comment_make(video, by=alice)

    comment_make(video, by=alice, body="Once more.")
    with pytest.raises(CommunityRefused):
        comment_make(video, by=charlie, body="Once more.")

    assert counted(video) == 3


def test_somebody_who_writes_without_end_is_stopped(video: Video, charlie: Person) -> None:
    with time_machine.travel(now(), tick=False):
        for number in range(10):
            comment_make(video, by=charlie, body=f"Swan {number}")

        with pytest.raises(RateExceeded):
            comment_make(video, by=charlie, body="Swan 11")


@pytest.mark.parametrize(
    ("body", "cause"),
    [("Buy VINÉGAR now", "words"), ("http://a.example www.b.example https://c.example", "links")],
)
def test_a_suspicious_comment_waits_and_only_its_writer_sees_it(
    video: Video, alice: Person, charlie: Person, body: str, cause: str
) -> None:
    WordBlock.objects.create(person=alice, home="eu", word="vinegar")

    comment_make(video, by=charlie, body=body)

    place = place_of_video(video.public_id, viewer=charlie)
    page = comments_page(place, viewer=charlie)
    assert ([seen.comment.body for seen in page.waiting], page.items) == ([body], ())
    assert bodies(video, alice) == []
    assert CommentRuling.objects.get().cause == cause
    assert counted(video) == 0


def test_a_blocked_person_cannot_comment(video: Video, alice: Person, charlie: Person) -> None:
    PersonBlock.objects.create(person=alice, blocked=charlie, home="eu")

    with pytest.raises(CommunityRefused):
        comment_make(video, by=charlie)

    assert not Comment.objects.exists()


def test_whoever_blocks_somebody_does_not_read_them(
    video: Video, bob: Person, charlie: Person
) -> None:
    comment_make(video, by=charlie)
    PersonBlock.objects.create(person=bob, blocked=charlie, home="eu")

    assert bodies(video, bob) == []
    assert bodies(video, charlie) == ["Lovely swans."]


def test_an_edited_comment_says_so_and_is_looked_at_again(
    video: Video, alice: Person, charlie: Person
) -> None:
    WordBlock.objects.create(person=alice, home="eu", word="vinegar")
    comment = comment_make(video, by=charlie)

    edited = comment_edit(by=charlie, key=comment.pk, body="Lovely geese.")
    comment_edit(by=charlie, key=comment.pk, body="Buy vinegar.")

    assert edited.edited_at is not None
    assert CommentRuling.objects.get().state == Ruled.HELD
    assert counted(video) == 0


def test_nobody_changes_or_removes_what_another_wrote(
    video: Video, alice: Person, bob: Person, charlie: Person
) -> None:
    comment = comment_make(video, by=charlie)

    for person in (alice, bob):
        with pytest.raises(NotFound):
            comment_edit(by=person, key=comment.pk, body="Mine.")
        with pytest.raises(NotFound):
            comment_remove(by=person, key=comment.pk)

    assert bodies(video) == ["Lovely swans."]


def test_a_removed_comment_leaves_its_answers_and_then_nothing(
    video: Video, bob: Person, charlie: Person
) -> None:
    root = comment_make(video, by=charlie)
    reply = comment_make(video, by=bob, body="Geese.", reply_to=root)

    comment_remove(by=charlie, key=root.pk)
    assert bodies(video) == [""]
    assert counted(video) == 1

    comment_remove(by=bob, key=reply.pk)
    assert not Comment.objects.exists()
    assert not CommentRuling.objects.exists()
    assert counted(video) == 0


def test_a_video_that_is_gone_leaves_no_comment(video: Video, bob: Person, charlie: Person) -> None:
    root = comment_make(video, by=charlie)
    comment_make(video, by=bob, reply_to=root)

    subject_clear(subject=video.pk)

    left = [model.objects.count() for model in (Comment, CommentOrigin, CommentRuling)]
    assert left == [0, 0, 0]
    assert counted(video) == 0


def test_pages_of_comments_have_each_comment_once(video: Video, bob: Person) -> None:
    place = place_of_video(video.public_id, viewer=bob)
    for number in range(7):
        comment_create(by=bob, place=place, body=f"Swan {number}")

    for sort in ("top", "new"):
        first = comments_page(place, viewer=None, sort=sort, size=4)
        rest = comments_page(place, viewer=None, sort=sort, size=4, cursor=first.next_cursor)
        found = [seen.comment.body for seen in (*first.items, *rest.items)]
        assert found == [f"Swan {number}" for number in reversed(range(7))]
        assert rest.next_cursor == ""
