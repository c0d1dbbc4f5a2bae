"""Two at once: a like, a subscription and a comment that are sent twice count once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.tallies import tallies_of
from antenne.community.services.follows import channel_follow
from antenne.community.services.likes import video_like
from tests.factories.community import comment_make

TIMES = 4


def at_once(act: Callable[[], object]) -> None:
    """Do something in several connections at the same time; nothing may be refused."""

    def alone(_number: int) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        list(pool.map(alone, range(TIMES)))


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
