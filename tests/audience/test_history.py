"""What a person has watched: theirs alone, and gone where they say so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from antenne.accounts.models import Person
from antenne.audience.models import Batch, Event, History, Salt, Watch
from antenne.audience.selectors.history import (
    history_of,
    history_paused,
    resume_positions,
    watching_on,
)
from antenne.audience.services.folding import events_fold
from antenne.audience.services.forgetting import audience_forget
from antenne.audience.services.history import history_clear, history_pause, history_remove
from antenne.audience.services.taking import batch_take
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from tests.audience.watching import Page, asker, batch, taken
from tests.factories.catalog import video_make


@pytest.fixture
def video(channel: Channel) -> Video:
    return video_make(channel)


def titles(person: Person) -> list[str]:
    return [row.video.title for row in history_of(person).order_by("-at")]


def test_the_last_watched_comes_first_and_once(channel: Channel, bob: Person) -> None:
    swans, geese = video_make(channel), video_make(channel, title="Geese")
    for number, video in enumerate((swans, geese, swans)):
        page = Page(video, viewer=bob)
        page.at += timedelta(minutes=number)
        taken(*page.watch(7_000))

    assert titles(bob) == ["Swans", "Geese"]


def test_a_video_goes_on_where_it_was_left_on_another_device(video: Video, bob: Person) -> None:
    taken(*Page(video, viewer=bob).watch(7_000))

    assert resume_positions(bob, [video.pk]) == {video.pk: 7_000}
    assert [row.video for row in watching_on(bob)] == [video]


def test_what_was_watched_to_its_end_starts_anew(video: Video, bob: Person) -> None:
    taken(*Page(video, viewer=bob).watch(12_000))

    assert resume_positions(bob, [video.pk]) == {}
    assert watching_on(bob) == []
    assert titles(bob) == ["Swans"]


def test_nobody_sees_the_history_of_somebody_else(video: Video, alice: Person, bob: Person) -> None:
    taken(*Page(video, viewer=bob).watch(7_000))

    assert titles(alice) == []
    assert resume_positions(alice, [video.pk]) == {}
    assert resume_positions(None, [video.pk]) == {}


def test_a_batch_that_is_folded_late_takes_nobody_back(video: Video, bob: Person) -> None:
    page = Page(video, viewer=bob)
    early, later = page.watch(7_000), page.watch(9_000, 7_000)
    taken(*later)
    taken(*early)

    assert resume_positions(bob, [video.pk]) == {video.pk: 9_000}


def test_a_paused_history_keeps_nothing_and_the_view_counts(video: Video, bob: Person) -> None:
    history_pause(by=bob, paused=True)
    taken(*Page(video, viewer=bob).watch(10_000))

    assert (titles(bob), history_paused(bob)) == ([], True)
    assert Watch.objects.get().counted
    history_pause(by=bob, paused=False)
    assert not history_paused(bob)


def test_clearing_takes_the_name_out_of_the_log_and_of_what_is_on_its_way(
    video: Video, bob: Person, alice: Person
) -> None:
    taken(*Page(video, viewer=bob).watch(10_000), *Page(video, viewer=alice).watch(10_000))
    on_its_way = batch(*Page(video, viewer=bob, at=now() - timedelta(seconds=30)).watch(10_000))

    history_clear(by=bob)
    batch_take(name=uuid7(), body=on_its_way)
    events_fold()

    assert titles(bob) == []
    for model in (Event, Watch):
        named = model._default_manager.exclude(person=None).values_list("person", flat=True)
        assert set(named) == {alice.pk}
    assert titles(alice) == ["Swans"]


def test_one_video_can_be_removed(channel: Channel, bob: Person, alice: Person) -> None:
    swans, geese = video_make(channel), video_make(channel, title="Geese")
    for who in (alice, bob):
        taken(*Page(swans, viewer=who).watch(10_000), *Page(geese, viewer=who).watch(10_000))

    history_remove(by=bob, video_id=swans.pk)

    assert (titles(bob), sorted(titles(alice))) == (["Geese"], ["Geese", "Swans"])
    assert not Event.objects.filter(person=bob, video=swans).exists()


def test_a_video_that_was_made_private_is_hidden_from_histories(
    video: Video, alice: Person, bob: Person
) -> None:
    taken(*Page(video, viewer=bob).watch(7_000), *Page(video, viewer=alice).watch(7_000))
    visibility_set(by=alice, public_id=video.public_id, showing=Showing(visibility="private"))

    assert (titles(bob), titles(alice)) == ([], ["Swans"])
    assert watching_on(bob) == []


def test_an_erased_person_leaves_no_name(video: Video, bob: Person) -> None:
    taken(*Page(video, viewer=bob).watch(7_000))
    Person.objects.filter(pk=bob.pk).delete()

    assert not History.objects.exists()
    assert not Event.objects.exclude(person=None).exists()
    assert not Watch.objects.exclude(person=None).exists()


def test_what_is_old_is_forgotten_and_the_sums_stay(video: Video, bob: Person) -> None:
    old = Page(video, viewer=bob, who=asker(1))
    old.day_set(now() - timedelta(days=100))
    taken(*old.watch(10_000))
    taken(*Page(video, who=asker(2)).watch(10_000))
    Salt.objects.create(day=now().date() - timedelta(days=3), secret=b"old")
    Batch.objects.filter(number=Batch.objects.order_by("number")[0].number).update(
        taken_at=now() - timedelta(days=100)
    )

    assert audience_forget() == 2

    assert (Event.objects.count(), Watch.objects.count(), Batch.objects.count()) == (2, 1, 1)
    assert Salt.objects.filter(secret=b"old").count() == 0
    assert video.days.count() == 2
