"""A stranger finds nothing of what is not for everybody, by whatever way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from antenne.accounts.models import Person
from antenne.catalog.asking import asking_prefix, asking_read
from antenne.catalog.models import CaptionLine, Channel, Trend, Video, VideoSearch
from antenne.catalog.selectors.search import moments_found, videos_suggested
from antenne.catalog.selectors.words import asking_corrected, words_completing
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.kernel.clock import now
from tests.catalog.finding import known, spoken, titles

SECRET = "Heliotrope"  # noqa: S105 - a title
CLOSED = [
    Showing("unlisted"),
    Showing("private"),
    Showing("password", password="swans"),  # noqa: S106 - of a test
    Showing("scheduled", publish_at=now() + timedelta(days=1)),
]


def ways(video: Video) -> list[object]:
    """Return what a stranger finds of a video by each way there is."""
    return [
        *titles(SECRET),
        *titles("whispered"),
        *titles("whispered", spoken=True),
        *titles(""),
        *moments_found(asking_read("whispered"), [video]),
        *words_completing(asking_prefix("helio")),
        *videos_suggested(asking_prefix("helio")),
        *filter(None, [asking_corrected(asking_read("heliotrpe"))]),
    ]


@pytest.mark.parametrize("showing", CLOSED, ids=lambda showing: showing.visibility)
def test_what_is_closed_is_found_by_nobody_from_that_moment(
    channel: Channel, alice: Person, showing: Showing
) -> None:
    video = known(channel, SECRET)
    spoken(video, "something whispered")
    assert len(ways(video)) == 8

    visibility_set(by=alice, public_id=video.public_id, showing=showing)

    assert ways(video) == []
    for rows in (VideoSearch, CaptionLine, Trend):
        assert rows.objects.get().audience != "everybody"


def test_what_was_never_open_is_not_found(channel: Channel) -> None:
    video = known(channel, SECRET, visibility="private")
    spoken(video, "something whispered")

    assert ways(video) == []


def test_what_has_not_come_yet_is_not_found(channel: Channel) -> None:
    video = known(channel, SECRET, state="processing", published_at=None)
    spoken(video, "something whispered")

    assert titles(SECRET) == []
    assert videos_suggested(asking_prefix("helio")) == []


def test_what_is_open_again_is_found_again(channel: Channel, alice: Person) -> None:
    video = known(channel, SECRET)
    for visibility in ("private", "public"):
        visibility_set(by=alice, public_id=video.public_id, showing=Showing(visibility))

    assert titles(SECRET) == [SECRET]
