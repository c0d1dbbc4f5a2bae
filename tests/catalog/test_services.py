"""Changes of the catalog: what they raise, keep and refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Channel, Epoch, Video, VideoLock
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.sight import Access, SightRefused, video_sight
from antenne.catalog.services.channels import channel_create, channel_default, channel_edit
from antenne.catalog.services.videos import (
    video_backdate,
    video_describe,
    video_edit,
    video_embedding_set,
    video_remove,
    video_unlock,
)
from antenne.catalog.services.visibility import Showing, videos_due_publish, visibility_set
from antenne.catalog.states import State, Visibility
from antenne.kernel.clock import now
from antenne.kernel.models import FactRecord
from tests.factories.catalog import caption_make, video_make

LATER = now() + timedelta(days=1)


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video."""
    return video_make(channel)


def facts(name: str) -> int:
    return FactRecord.objects.filter(name=name).count()


@pytest.mark.parametrize(
    ("showing", "audience"),
    [
        (Showing("unlisted"), "link"),
        (Showing("private"), "owners"),
        (Showing("password", password="swans"), "owners"),  # noqa: S106 - of a test
        (Showing("scheduled", publish_at=LATER), "owners"),
    ],
)
def test_a_change_of_visibility_reaches_all_that_hangs_on_it(
    video: Video, showing: Showing, audience: str
) -> None:
    caption_make(video)

    visibility_set(by=video.channel.person, public_id=video.public_id, showing=showing)

    video.refresh_from_db()
    assert (video.visibility, video.audience, video.epoch) == (showing.visibility, audience, 2)
    assert Epoch.objects.get(video=video.public_id).epoch == 2
    assert Caption.objects.get().audience == audience
    assert VideoLock.objects.exists() == bool(showing.password)


@pytest.mark.parametrize(
    "showing", [Showing("friends"), Showing("scheduled"), Showing("password"), Showing("")]
)
def test_a_visibility_that_lacks_something_changes_nothing(video: Video, showing: Showing) -> None:
    with pytest.raises(CatalogRefused):
        visibility_set(by=video.channel.person, public_id=video.public_id, showing=showing)

    video.refresh_from_db()
    assert (video.visibility, video.epoch) == ("public", 1)
    assert not Epoch.objects.exists()


def test_leaving_password_forgets_it(channel: Channel) -> None:
    video = video_make(channel, visibility="password", password="swans")  # noqa: S106 - of a test

    for visibility in ("public", "private"):
        visibility_set(by=channel.person, public_id=video.public_id, showing=Showing(visibility))

    assert not VideoLock.objects.exists()


def test_a_scheduled_video_goes_public_when_its_moment_has_come(channel: Channel) -> None:
    video = video_make(channel, visibility="scheduled", publish_at=LATER)

    assert videos_due_publish() == 0
    with time_machine.travel(LATER + timedelta(seconds=1)):
        assert videos_due_publish() == 1
        assert videos_due_publish() == 0

    video.refresh_from_db()
    assert (video.visibility, video.epoch) == ("public", 2)
    assert video.published_at is not None
    assert facts("video.published") == 1


def test_a_video_is_published_once_however_often_it_is_hidden(video: Video) -> None:
    first = video.published_at
    for visibility in ("private", "public"):
        visibility_set(
            by=video.channel.person, public_id=video.public_id, showing=Showing(visibility)
        )

    video.refresh_from_db()
    assert video.published_at == first is not None
    assert facts("video.published") == 1


def test_what_cannot_be_played_is_not_published_yet(channel: Channel) -> None:
    video = video_make(channel, state=State.PROCESSING)
    assert video.published_at is None

    described = video_describe(video_id=video.pk, state=State.ON_AIR)

    assert described is not None
    assert described.published_at is not None


def test_a_removed_video_leaves_its_epoch_and_nothing_else(video: Video) -> None:
    caption_make(video)

    video_remove(by=video.channel.person, public_id=video.public_id)

    assert not Video.objects.exists()
    assert not Caption.objects.exists()
    assert Epoch.objects.get().epoch > 1_000_000
    assert facts("video.removed") == 1


def test_a_stranger_changes_nothing(video: Video, bob: Person) -> None:
    public_id = video.public_id
    with pytest.raises(NotFound):
        video_edit(by=bob, public_id=public_id, title="Mine")
    with pytest.raises(NotFound):
        visibility_set(by=bob, public_id=public_id, showing=Showing("private"))
    with pytest.raises(NotFound):
        video_embedding_set(by=bob, public_id=public_id, embedding="none")
    with pytest.raises(NotFound):
        video_remove(by=bob, public_id=public_id)

    assert Video.objects.get().title == "Swans"
    assert Video.objects.get().visibility == Visibility.PUBLIC
    assert (facts("video.edited"), facts("video.removed")) == (0, 0)


@pytest.mark.parametrize(
    ("title", "kept"),
    [("  Two\n swans ", "Two swans"), ("a\x00b\u202ec", "abc"), ("é" * 300, "é" * 200)],
)
def test_a_title_is_one_line_of_letters(video: Video, title: str, kept: str) -> None:
    video_edit(by=video.channel.person, public_id=video.public_id, title=title)

    video.refresh_from_db()
    assert video.title == kept


@pytest.mark.parametrize("title", ["", "  ", "\x00\x01", "\u200b"])
def test_a_title_of_nothing_is_refused(video: Video, title: str) -> None:
    with pytest.raises(CatalogRefused):
        video_edit(by=video.channel.person, public_id=video.public_id, title=title)

    assert Video.objects.get().title == "Swans"


def test_a_locked_video_opens_to_its_password_alone(channel: Channel) -> None:
    video = video_make(channel, visibility="password", password="swans")  # noqa: S106 - of a test

    def say(word: str) -> Video:
        return video_unlock(
            public_id=video.public_id, viewer=None, password=word, address="192.0.2.7"
        )

    assert say("swans") == video
    with pytest.raises(SightRefused) as refusal:
        say("geese")
    assert refusal.value.access == Access.PASSWORD


def test_a_first_channel_is_made_once(alice: Person) -> None:
    made = channel_default(person=alice)

    assert channel_default(person=alice) == made
    assert channel_default(person=alice, handle="@Alice") == made
    with pytest.raises(NotFound):
        channel_default(person=alice, handle="bob")
    assert Channel.objects.count() == 1


def test_a_channel_is_edited_by_its_owner_only(channel: Channel, bob: Person) -> None:
    channel_edit(by=channel.person, handle="alice", description="Of birds")
    with pytest.raises(NotFound):
        channel_edit(by=bob, handle="alice", name="Bob's")
    with pytest.raises(CatalogRefused):
        channel_edit(by=channel.person, handle="alice", name=" \x00")

    channel.refresh_from_db()
    assert (channel.name, channel.description) == ("Alice", "Of birds")


def test_handles_of_channels_are_told_apart_by_number(alice: Person) -> None:
    made = [channel_create(person=alice, name="Swans").handle for _time in range(3)]

    assert made == ["swans", "swans-2", "swans-3"]


def test_nobody_sees_a_private_video_through_a_cached_key(video: Video, bob: Person) -> None:
    key = f"{video.public_id}.{video.epoch}"
    visibility_set(by=video.channel.person, public_id=video.public_id, showing=Showing("private"))

    assert video_sight(video.public_id, viewer=bob, unlocked=[key]).access == Access.PRIVATE


def test_a_video_is_dated_back_by_its_owner_and_never_ahead(video: Video, bob: Person) -> None:
    owner, earlier = video.channel.person, now() - timedelta(days=3)

    video_backdate(by=owner, public_id=video.public_id, moment=earlier)
    with pytest.raises(CatalogRefused):
        video_backdate(by=owner, public_id=video.public_id, moment=LATER)
    with pytest.raises(NotFound):
        video_backdate(by=bob, public_id=video.public_id, moment=earlier - timedelta(days=1))

    video.refresh_from_db()
    assert (video.published_at, video.created_at) == (earlier, earlier)
