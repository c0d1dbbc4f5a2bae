"""Withdrawn videos: off the air at once, seen by their owner, given back as they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Epoch, Video, VideoLock, Withdrawal
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.sight import Access, video_sight
from antenne.catalog.selectors.videos import videos_public
from antenne.catalog.services.visibility import (
    Showing,
    video_give_back,
    video_withdraw,
    visibility_set,
)
from antenne.kernel.clock import now
from antenne.kernel.models import FactRecord
from tests.factories.catalog import caption_make, video_make


def withdrawn(video: Video, cause: str = "decision") -> Video:
    video_withdraw(video_id=video.pk, cause=cause, reason="Not yours to show.")
    video.refresh_from_db()
    return video


def test_a_withdrawn_video_is_off_the_air_at_once(channel: Channel, charlie: Person) -> None:
    video = video_make(channel)
    caption = caption_make(video)
    epoch = video.epoch

    withdrawn(video)

    caption.refresh_from_db()
    assert not videos_public().exists()
    assert video_sight(video.public_id, viewer=charlie).access == Access.WITHDRAWN
    assert video_sight(video.public_id, viewer=channel.person).access == Access.OPEN
    assert Epoch.objects.get(video=video.public_id).epoch == video.epoch > epoch
    assert caption.audience == "owners"


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private"])
def test_it_is_given_back_as_it_was(channel: Channel, visibility: str) -> None:
    video = withdrawn(video_make(channel, visibility=visibility))

    assert video_give_back(video_id=video.pk, cause="decision")

    video.refresh_from_db()
    assert video.visibility == visibility
    assert not Withdrawal.objects.exists()
    names = FactRecord.objects.values_list("name", flat=True)
    assert {"video.withdrawn", "video.given_back"} <= set(names)


def test_it_keeps_its_password(channel: Channel) -> None:
    video = withdrawn(video_make(channel, visibility="password", password="swans"))  # noqa: S106

    video_give_back(video_id=video.pk, cause="decision")

    video.refresh_from_db()
    assert video.visibility == "password"
    assert VideoLock.objects.filter(video=video).exists()


@pytest.mark.parametrize("first", ["decision", "suspension"])
def test_of_two_causes_the_last_gives_it_back(channel: Channel, first: str) -> None:
    video = withdrawn(withdrawn(video_make(channel)), "suspension")
    second = {"decision": "suspension", "suspension": "decision"}[first]

    video_give_back(video_id=video.pk, cause=first)
    video.refresh_from_db()
    between = video.visibility
    video_give_back(video_id=video.pk, cause=second)
    video.refresh_from_db()

    assert (between, video.visibility) == ("withdrawn", "public")


def test_withdrawing_twice_is_withdrawing_once(channel: Channel) -> None:
    video = video_make(channel)

    assert video_withdraw(video_id=video.pk, cause="decision", reason="one")
    assert not video_withdraw(video_id=video.pk, cause="decision", reason="two")

    assert Withdrawal.objects.get().reason == "two"
    assert Withdrawal.objects.get().visibility == "public"


def test_its_owner_can_neither_undo_nor_choose_it(alice: Person, channel: Channel) -> None:
    video = withdrawn(video_make(channel))
    other = video_make(channel)

    with pytest.raises(CatalogRefused, match="was withdrawn"):
        visibility_set(by=alice, public_id=video.public_id, showing=Showing())
    with pytest.raises(CatalogRefused, match="not known"):
        visibility_set(by=alice, public_id=other.public_id, showing=Showing("withdrawn"))

    video.refresh_from_db()
    assert video.visibility == "withdrawn"


def test_a_scheduled_one_stays_off_the_air_when_its_moment_comes(channel: Channel) -> None:
    later = now() + timedelta(hours=1)
    video = withdrawn(video_make(channel, visibility="scheduled", publish_at=later))
    Video.objects.filter(pk=video.pk).update(publish_at=now())

    assert video.visibility == "withdrawn"
    video_give_back(video_id=video.pk, cause="decision")
    video.refresh_from_db()
    assert (video.visibility, video.publish_at is not None) == ("scheduled", True)
