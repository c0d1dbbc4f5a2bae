"""The network bill: summed once, and for whom it is."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from antenne.accounts.models import Person
from antenne.accounts.refusals import NotAllowed
from antenne.audience.models import Delivery
from antenne.audience.periods import period_last
from antenne.audience.selectors.bill import Divided, bill_of, channel_bytes, video_bytes
from antenne.audience.services.taking import batch_take
from antenne.catalog.models import Channel, Video
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from tests.audience.watching import batch
from tests.factories.catalog import video_make
from tests.web.pages import client_of


def sent(*rows: list[object]) -> bytes:
    day = now().date().isoformat()
    return json.dumps({"k": "bytes", "day": day, "region": "eu", "rows": rows}).encode()


@pytest.fixture
def video(channel: Channel) -> Video:
    found = video_make(channel)
    orange = [found.public_id, "FR", "Orange", "msn.example", 700, 7]
    free = [found.public_id, "FR", "Free", "", 300, 3]
    batch_take(name=uuid7(), body=batch(sent(orange, free), sent(orange)))
    return found


def lines(by: Person, divided: Divided, **of: str) -> list[tuple[str, int, int]]:
    narrowed = {Divided(name): value for name, value in of.items()}
    bill = bill_of(by=by, period=period_last(1), divided=divided, of=narrowed)
    return [(row.value, row.sent_bytes, row.requests) for row in bill.rows]


def test_bytes_add_up_over_batches_and_count_once(video: Video, mona: Person) -> None:
    name = uuid7()
    body = batch(sent([video.public_id, "DE", "Telekom", "", 10, 1]))
    for _twice in range(2):
        batch_take(name=name, body=body)

    assert lines(mona, Divided.VIDEO) == [(video.public_id, 1_710, 18)]
    assert lines(mona, Divided.NETWORK) == [
        ("Orange", 1_400, 14),
        ("Free", 300, 3),
        ("Telekom", 10, 1),
    ]
    assert lines(mona, Divided.COUNTRY) == [("FR", 1_700, 17), ("DE", 10, 1)]
    assert lines(mona, Divided.PARTNER, country="FR") == [("msn.example", 1_400, 14), ("", 300, 3)]
    assert lines(mona, Divided.REGION) == [("eu", 1_710, 18)]


def test_bytes_of_a_video_that_does_not_exist_are_dropped(video: Video) -> None:
    batch_take(name=uuid7(), body=batch(sent(["x0nothing", "FR", "Orange", "", 1, 1])))

    assert Delivery.objects.count() == 2


def test_only_who_runs_the_site_sees_the_bill(video: Video, alice: Person, mona: Person) -> None:
    with pytest.raises(NotAllowed):
        lines(alice, Divided.VIDEO)
    assert client_of(mona).get("/desk/delivery").status_code == 200
    assert client_of(alice).get("/desk/delivery").status_code == 404
    assert client_of(None).get("/desk/delivery").status_code == 302


def test_creators_see_what_their_videos_cost(video: Video, channel: Channel) -> None:
    day = period_last(1)

    assert (video_bytes(video, period=day), channel_bytes(channel, period=day)) == (1_700, 1_700)


@pytest.mark.parametrize("by", ["video", "network", "country", "partner", "region", "x"])
def test_every_division_has_a_page_and_a_file(video: Video, mona: Person, by: str) -> None:
    page = client_of(mona).get(f"/desk/delivery?by={by}&period=7")
    file = client_of(mona).get(f"/desk/delivery?by={by}&period=7&as=csv").content.decode()

    assert "1.7" in page.content.decode()
    assert sum(int(line.split(",")[2]) for line in file.splitlines()[1:]) == 1_700


def test_a_title_that_begins_like_a_formula_is_no_formula(channel: Channel, mona: Person) -> None:
    video = video_make(channel, title="=HYPERLINK(1)")
    batch_take(name=uuid7(), body=batch(sent([video.public_id, "", "", "", 5, 1])))

    file = client_of(mona).get("/desk/delivery?as=csv").content.decode()

    assert "'=HYPERLINK(1)" in file


def test_since_the_beginning_is_since_the_first_byte(video: Video, mona: Person) -> None:
    Delivery.objects.update(day=now().date() - timedelta(days=400))

    usual, ever = (
        client_of(mona).get(f"/desk/delivery?period={period}").context["bill"]
        for period in ("28", "ever")
    )

    assert (usual.sent_bytes, ever.sent_bytes) == (0, 1_700)
    assert (usual.period.length, ever.period.length) == (28, 401)
