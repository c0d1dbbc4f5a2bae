"""Two at once: a like, a subscription and a comment that are sent twice count once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.tallies import tallies_of
from antenne.community.models import Comment
from antenne.community.selectors.places import Place, place_of_video
from antenne.community.services.comments import comment_create, comment_remove
from antenne.community.services.follows import channel_follow
from antenne.community.services.likes import video_like
from tests.factories.community import comment_make

TIMES = 4


def all_at_once(*acts: Callable[[], object]) -> None:
    """Do several things at the same time, each in a connection of its own."""

    def alone(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(alone, acts))


def at_once(act: Callable[[], object]) -> None:
    """Do something in several connections at the same time; nothing may be refused."""
    all_at_once(*[act] * TIMES)


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_twice_at_once_counts_once(
    video: Video, channel: Channel, charlie: Person
) -> None:
    at_once(lambda: video_like(by=charlie, video=video, on=True))
    at_once(lambda: channel_follow(by=charlie, channel=channel))
    at_once(lambda: comment_make(video, by=charlie))

    counted = tallies_of([video.pk, channel.pk])
    assert counted[video.pk] == {"likes": 1, "comments": 1}
    assert counted[channel.pk] == {"followers": 1}


@pytest.mark.django_db(transaction=True)
def test_a_like_taken_back_at_once_is_taken_back_once(video: Video, charlie: Person) -> None:
    video_like(by=charlie, video=video, on=True)

    at_once(lambda: video_like(by=charlie, video=video, on=False))

    assert tallies_of([video.pk])[video.pk]["likes"] == 0


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_meets_a_removal_is_refused_or_keeps_its_place(
    video: Video, bob: Person, charlie: Person
) -> None:
    for number in range(6):
        root = comment_make(video, by=charlie, body=f"Question {number}")
        place = place_of_video(video.public_id, viewer=bob)

        def answer(root: Comment = root, place: Place = place) -> None:
            with suppress(NotFound):
                comment_create(by=bob, place=place, body=f"Answer {root.body}", reply_to=root.pk)

        def remove(root: Comment = root) -> None:
            comment_remove(by=charlie, key=root.pk)

        all_at_once(answer, remove)

        answers = Comment.objects.filter(root=root.pk).count()
        assert answers == Comment.objects.filter(pk=root.pk, removed=True).count()
    shown = Comment.objects.filter(removed=False).count()
    assert tallies_of([video.pk])[video.pk]["comments"] == shown
