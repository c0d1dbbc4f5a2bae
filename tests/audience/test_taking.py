"""Taking batches in: once, whatever is sent again, torn or foreign."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection

from antenne.accounts.models import Person
from antenne.audience.models import Batch, Event
from antenne.audience.services.history import history_clear, history_pause
from antenne.audience.services.taking import batch_take
from antenne.catalog.models import Channel
from antenne.catalog.services.videos import video_remove
from antenne.kernel.frames import frame_make
from antenne.kernel.ids import uuid7
from tests.audience.watching import Page, asker, batch
from tests.factories.catalog import video_make


def test_a_batch_that_is_sent_again_is_taken_once(channel: Channel) -> None:
    page = Page(video_make(channel))
    name, body = uuid7(), batch(*page.watch(10_000))

    assert batch_take(name=name, body=body)
    assert not batch_take(name=name, body=body)

    assert (Batch.objects.count(), Event.objects.count()) == (1, 2)


def test_a_beacon_that_is_sent_again_in_another_batch_is_kept_once(channel: Channel) -> None:
    body = batch(*Page(video_make(channel)).watch(10_000))

    batch_take(name=uuid7(), body=body)
    batch_take(name=uuid7(), body=body)

    assert Event.objects.count() == 2


def test_a_torn_line_costs_only_itself(channel: Channel) -> None:
    page = Page(video_make(channel))
    first, second = page.watch(10_000)
    torn = frame_make(page.say("end", 12_000))[:-9]

    batch_take(name=uuid7(), body=batch(first) + torn + b"\n" + batch(second))

    assert [event.kind for event in Event.objects.order_by("pk")] == ["start", "progress"]


@pytest.mark.parametrize(
    "record",
    [b"{}", b"[]", b"null", b'{"k":"bytes"}', b'{"k":"start","s":"x"}', b"\xff\xfe", b"1e999"],
)
def test_a_record_that_is_none_is_passed_over(channel: Channel, record: bytes) -> None:
    page = Page(video_make(channel))

    batch_take(name=uuid7(), body=batch(record, *page.watch(10_000)))

    assert Event.objects.count() == 2


def test_what_was_said_of_a_removed_video_is_dropped(channel: Channel, alice: Person) -> None:
    swans, geese = video_make(channel), video_make(channel, title="Geese")
    late = [*Page(swans).watch(10_000), *Page(geese).watch(10_000)]
    video_remove(by=alice, public_id=swans.public_id)

    batch_take(name=uuid7(), body=batch(*late))

    assert {event.video_id for event in Event.objects.all()} == {geese.pk}


def test_the_log_knows_who_only_where_they_want_it(
    channel: Channel, alice: Person, bob: Person, charlie: Person
) -> None:
    video = video_make(channel)
    pages = [Page(video, viewer=who) for who in (alice, bob, charlie)]
    untracked = Page(video, viewer=alice, who=asker(untracked=True))
    records = [record for page in [*pages, untracked] for record in page.watch(10_000)]
    history_pause(by=bob, paused=True)
    history_clear(by=charlie)
    for page in pages:
        assert page.ticket["p"]

    batch_take(name=uuid7(), body=batch(*records))

    named = Event.objects.exclude(person=None).values_list("person", "session").distinct()
    assert set(named) >= {(alice.pk, pages[0].session)}
    assert bob.pk not in {person for person, _session in named}
    assert untracked.session not in {session for _person, session in named}


def test_somebody_who_does_not_want_to_be_tracked_is_nobody_from_nowhere(channel: Channel) -> None:
    page = Page(video_make(channel), who=asker(untracked=True))

    batch_take(name=uuid7(), body=batch(*page.watch(10_000)))

    event = Event.objects.first()
    assert event is not None
    said = (event.person_id, event.source, event.site, event.device, event.country, event.language)
    assert said == (None, "", "", "", "", "")


def test_a_person_who_does_not_exist_breaks_no_batch(channel: Channel) -> None:
    page = Page(video_make(channel))
    page.ticket["p"] = uuid4().hex

    batch_take(name=uuid7(), body=batch(*page.watch(10_000)))

    assert Event.objects.filter(person=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_edges_that_send_at_once_are_both_heard(channel: Channel) -> None:
    pages = [Page(video_make(channel), who=asker(number)) for number in range(4)]
    bodies = [batch(*page.watch(10_000)) for page in pages]

    def send(body: bytes) -> None:
        batch_take(name=uuid7(), body=body)
        connection.close()

    threads = [threading.Thread(target=send, args=[body]) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Event.objects.values_list("batch", flat=True).distinct()) == sorted(
        Batch.objects.values_list("number", flat=True)
    )
    assert Event.objects.count() == 8
