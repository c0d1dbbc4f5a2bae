"""Folding the log: views that cannot be inflated, figures that the log gives again."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from antenne.accounts.models import Person
from antenne.audience.models import Batch, Event, History, VideoDay, VideoDaySlice, Watch
from antenne.audience.services.days import days_renew
from antenne.audience.services.folding import events_fold, sessions_renew
from antenne.audience.services.taking import batch_take
from antenne.catalog.models import Channel, Tally, Video
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import TallyKind
from antenne.kernel.ids import uuid7
from tests.audience.watching import Page, asker, batch, taken
from tests.factories.catalog import video_make


@pytest.fixture
def video(channel: Channel) -> Video:
    return video_make(channel)


def views_of(video: Video) -> int:
    return tallies_of([video.pk]).get(video.pk, {}).get("views", 0)


def test_a_view_counts_for_its_video_and_its_channel(video: Video) -> None:
    taken(*Page(video).watch(10_000))

    counted = tallies_of([video.pk, video.channel_id])
    assert (counted[video.pk]["views"], counted[video.channel_id]["views"]) == (1, 1)


def test_reloading_counts_once(video: Video) -> None:
    for _reload in range(20):
        taken(*Page(video).watch(10_000))

    day = VideoDay.objects.get()
    assert views_of(video) == 1
    assert (day.sessions, day.plays, day.views, day.watched_ms) == (20, 20, 1, 200_000)


def test_a_hundred_browsers_at_one_address_are_not_a_hundred_viewers(video: Video) -> None:
    records = []
    for number in range(100):
        who = asker(1)
        page = Page(video, who=type(who)(address=who.address, user_agent=f"Browser {number}"))
        records += page.watch(10_000)
    taken(*records)

    assert 20 <= views_of(video) <= 32


def test_people_count_by_themselves_wherever_they_are(
    video: Video, alice: Person, bob: Person
) -> None:
    taken(
        *Page(video, viewer=alice, who=asker(1)).watch(10_000),
        *Page(video, viewer=alice, who=asker(2)).watch(10_000),
        *Page(video, viewer=bob, who=asker(1)).watch(10_000),
    )

    assert views_of(video) == 2


def test_a_glance_is_no_view_but_its_time_is_watched(video: Video) -> None:
    taken(*Page(video).watch(2_000))

    day = VideoDay.objects.get()
    assert (views_of(video), day.sessions, day.plays, day.watched_ms) == (0, 1, 0, 2_000)


def test_a_claim_of_more_than_time_allows_is_no_view(video: Video) -> None:
    page = Page(video)
    taken(page.say("start", 0), page.say("progress", 12_000, (0, 12_000)))

    assert views_of(video) == 0


def test_a_view_that_grows_over_batches_counts_once(video: Video) -> None:
    page = Page(video)
    for record in (*page.watch(4_000), *page.watch(8_000, 4_000), *page.watch(12_000, 8_000)):
        taken(record)

    watch = Watch.objects.get()
    assert (views_of(video), watch.watched_ms, watch.enters, watch.leaves) == (
        1,
        12_000,
        [0],
        [100],
    )


def test_folding_again_changes_nothing(video: Video) -> None:
    taken(*Page(video).watch(10_000), *Page(video, who=asker(2)).watch(5_000))
    before = figures()

    Batch.objects.update(folded_at=None)
    events_fold()
    events_fold()

    assert figures() == before
    assert views_of(video) == 2


def test_a_kill_between_append_and_fold_loses_nothing(video: Video) -> None:
    batch_take(name=uuid7(), body=batch(*Page(video).watch(10_000)))

    def fold_and_die() -> None:
        with transaction.atomic():
            events_fold()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fold_and_die()

    assert (views_of(video), Watch.objects.count()) == (0, 0)
    assert events_fold() == 1
    assert views_of(video) == 1


def test_the_earlier_session_is_the_view_even_if_it_is_heard_of_later(video: Video) -> None:
    early, late = Page(video, country="FR"), Page(video, country="DE")
    taken(*late.watch(10_000))
    taken(*early.watch(10_000))

    counted = Watch.objects.get(counted=True)
    assert (counted.country, views_of(video)) == ("FR", 1)


@pytest.mark.django_db(transaction=True)
def test_two_folds_at_once_count_once(video: Video) -> None:
    for number in range(30):
        batch_take(name=uuid7(), body=batch(*Page(video, who=asker(number)).watch(10_000)))

    def fold() -> None:
        events_fold()
        connection.close()

    threads = [threading.Thread(target=fold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events_fold()

    assert views_of(video) == 30


@pytest.mark.slow
def test_ten_thousand_events_give_the_same_figures_in_any_order(channel: Channel) -> None:
    videos = [video_make(channel, title=f"Swan {number}") for number in range(5)]
    dice = random.Random(7)  # noqa: S311 - a test that is the same each time
    records = []
    for number in range(2_500):
        page = Page(
            dice.choice(videos), who=asker(number % 900), country=dice.choice(["FR", "DE", "US"])
        )
        page.day_set(datetime(2026, 3, 1 + number % 3, 12, tzinfo=UTC))
        middle = dice.randrange(1_000, 12_000)
        records += [*page.watch(middle), *page.watch(12_000, middle)]
    dice.shuffle(records)
    for start in range(0, len(records), 2_000):
        batch_take(name=uuid7(), body=batch(*records[start : start + 2_000]))
    while events_fold():
        pass

    assert Event.objects.count() == 10_000
    before = figures()
    VideoDay.objects.all().delete()
    VideoDaySlice.objects.all().delete()
    Watch.objects.all().delete()
    Tally.objects.filter(kind=TallyKind.VIEWS).delete()
    sessions_renew(Event.objects.values_list("session", flat=True).order_by("session").distinct())
    assert figures() == before
    assert sum(int(str(row[3])) for row in before[0]) == sum(views_of(video) for video in videos)


def test_the_days_are_divided_by_source_device_and_country(video: Video) -> None:
    taken(
        *Page(video, who=asker(1), country="FR").watch(10_000),
        *Page(video, who=asker(2), country="DE").watch(12_000),
        *Page(video, who=asker(3, untracked=True)).watch(10_000),
    )

    slices = {
        (row.dimension, row.value): (row.views, row.watched_ms)
        for row in VideoDaySlice.objects.all()
    }
    assert slices == {
        ("source", "home"): (2, 22_000),
        ("device", "desktop"): (2, 22_000),
        ("country", "FR"): (1, 10_000),
        ("country", "DE"): (1, 12_000),
    }


def test_the_curve_of_a_day_is_of_its_sessions(video: Video) -> None:
    taken(
        *Page(video, who=asker(1)).watch(12_000),
        *Page(video, who=asker(2)).watch(6_000),
        *Page(video, who=asker(3)).watch(1_000),
    )

    curve = VideoDay.objects.get().retention
    assert (curve[0], curve[49], curve[50], curve[99]) == (3, 2, 1, 1)


def test_a_removed_video_leaves_no_trace(video: Video, alice: Person) -> None:
    taken(*Page(video, viewer=alice).watch(10_000))
    video.delete()

    for model in (Event, Watch, VideoDay, VideoDaySlice, History):
        assert model._default_manager.count() == 0
    days_renew({(video.pk, datetime.now(UTC).date())})


def figures() -> tuple[list[tuple[object, ...]], ...]:
    days = VideoDay.objects.order_by("video", "day")
    slices = VideoDaySlice.objects.order_by("video", "day", "dimension", "value")
    watches = Watch.objects.order_by("session")
    return (
        list(
            days.values_list(
                "video", "day", "sessions", "views", "plays", "watched_ms", "retention"
            )
        ),
        list(slices.values_list("video", "day", "dimension", "value", "views", "watched_ms")),
        list(watches.values_list("session", "counted", "played", "watched_ms", "position_ms")),
    )
