"""Who may see what: every visibility over the whole cast."""

from __future__ import annotations

from datetime import timedelta

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.channels import channel_by_handle, channel_owned
from antenne.catalog.selectors.sight import (
    Access,
    SightRefused,
    password_opens,
    unlock_key,
    video_open,
    video_owned,
    video_sight,
)
from antenne.catalog.selectors.videos import videos_of_channel, videos_public
from antenne.catalog.services.videos import video_remove
from antenne.catalog.states import State
from antenne.kernel.clock import now
from tests.factories.catalog import video_make

WORD = "swans"
STRANGERS = ("bob", "charlie", "mona", "nobody")
FOR_STRANGERS = {
    "public": Access.OPEN,
    "unlisted": Access.OPEN,
    "private": Access.PRIVATE,
    "password": Access.PASSWORD,
    "scheduled": Access.SCHEDULED,
}


@pytest.fixture
def cast(alice: Person, bob: Person, charlie: Person, mona: Person) -> dict[str, Person | None]:
    return {"alice": alice, "bob": bob, "charlie": charlie, "mona": mona, "nobody": None}


def shown_as(channel: Channel, visibility: str) -> Video:
    later = now() + timedelta(days=1) if visibility == "scheduled" else None
    word = WORD if visibility == "password" else ""
    return video_make(channel, visibility=visibility, publish_at=later, password=word)


@pytest.mark.parametrize("visibility", FOR_STRANGERS)
@pytest.mark.parametrize("name", ["alice", *STRANGERS])
def test_each_visibility_is_what_it_says_to_each_of_the_cast(
    cast: dict[str, Person | None], channel: Channel, visibility: str, name: str
) -> None:
    video = shown_as(channel, visibility)

    sight = video_sight(video.public_id, viewer=cast[name])

    expected = Access.OPEN if name == "alice" else FOR_STRANGERS[visibility]
    assert (sight.access, sight.owned) == (expected, name == "alice")


@pytest.mark.parametrize("visibility", FOR_STRANGERS)
@pytest.mark.parametrize("name", STRANGERS)
def test_only_its_owner_may_change_a_video(
    cast: dict[str, Person | None], channel: Channel, visibility: str, name: str
) -> None:
    video = shown_as(channel, visibility)

    with pytest.raises(NotFound):
        video_owned(video.public_id, by=cast[name])


@pytest.mark.parametrize("visibility", FOR_STRANGERS)
@pytest.mark.parametrize("state", list(State))
def test_lists_show_what_is_public_and_can_be_played(
    channel: Channel, bob: Person, visibility: str, state: State
) -> None:
    video = shown_as(channel, visibility)
    Video.objects.update(state=state)

    shown = visibility == "public" and state in (State.ON_AIR, State.READY)
    assert list(videos_public()) == [video] * shown
    assert list(videos_of_channel(channel, viewer=bob)) == [video] * shown
    assert list(videos_of_channel(channel, viewer=None)) == [video] * shown
    assert list(videos_of_channel(channel, viewer=channel.person)) == [video]


def test_a_password_opens_its_own_video_until_the_next_change(channel: Channel) -> None:
    video, other = shown_as(channel, "password"), shown_as(channel, "password")
    keys = [unlock_key(video)]

    assert video_open(video.public_id, viewer=None, unlocked=keys) == video
    with pytest.raises(SightRefused):
        video_open(other.public_id, viewer=None, unlocked=keys)
    Video.objects.filter(pk=video.pk).update(epoch=2)
    with pytest.raises(SightRefused):
        video_open(video.public_id, viewer=None, unlocked=keys)


def test_only_the_password_of_a_locked_video_fits(channel: Channel) -> None:
    locked, public = shown_as(channel, "password"), shown_as(channel, "public")

    assert password_opens(locked, WORD)
    assert not password_opens(locked, WORD.upper())
    assert not password_opens(locked, "")
    assert not password_opens(public, "")


def test_a_removed_video_is_told_from_one_that_never_was(channel: Channel) -> None:
    video = video_make(channel)
    video_remove(by=channel.person, public_id=video.public_id)

    assert video_sight(video.public_id, viewer=None).access == Access.REMOVED
    assert video_sight("x000000000", viewer=None).access == Access.MISSING


def test_a_channel_is_found_whatever_the_case_and_changed_by_its_owner(
    channel: Channel, bob: Person
) -> None:
    assert channel_by_handle("ALICE") == channel
    assert channel_owned("alice", by=channel.person) == channel
    with pytest.raises(NotFound):
        channel_owned("alice", by=bob)
