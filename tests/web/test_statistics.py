"""The pages of statistics, and the same over the API."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from antenne.accounts.models import Person
from antenne.audience.models import DayZone
from antenne.audience.states import Device, Dimension, Source
from antenne.catalog.models import Channel, Video
from antenne.kernel.clock import now
from antenne.web.sheets import csv_response
from tests.audience.watching import Page, asker, taken
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make
from tests.web.pages import block_of, client_of


@pytest.fixture
def video(channel: Channel) -> Video:
    found = video_make(channel)
    for number in range(6):
        country = "FR" if number else "TN"
        taken(*Page(found, who=asker(number), country=country).watch(12_000 - number * 1_000))
    return found


def addresses(video: Video) -> list[str]:
    return [
        f"/studio/videos/{video.public_id}/statistics",
        f"/studio/videos/{video.public_id}/statistics?as=csv&of=country",
        f"/studio/channels/{video.channel.handle}/statistics",
        f"/studio/channels/{video.channel.handle}/statistics?as=csv",
    ]


def test_nobody_else_sees_a_page_and_it_says_no_more_than_if_there_were_none(
    video: Video, alice: Person, bob: Person, mona: Person
) -> None:
    for path in addresses(video):
        assert client_of(alice).get(path).status_code == 200
        assert client_of(None).get(path).status_code == 302
        for stranger in (bob, mona):
            assert client_of(stranger).get(path).status_code == 404


def test_the_page_shows_what_was_watched(video: Video, alice: Person) -> None:
    answer = client_of(alice).get(f"/studio/videos/{video.public_id}/statistics")
    block = block_of(answer, "statistics")

    assert (len(block["days"]), sum(block["views"]), block["views"][-1]) == (28, 6, 6)
    assert (len(block["retention"]), block["retention"][0]) == (100, 100.0)
    page = answer.content.decode()
    assert 'data-country="TN"' not in page
    assert "All others" in page


def test_page_file_and_program_say_by_whose_clocks(video: Video, alice: Person) -> None:
    DayZone.objects.create(since=now() - timedelta(days=2), zone="Asia/Tokyo")
    page = f"/studio/videos/{video.public_id}/statistics?period=7"
    day = now().astimezone(ZoneInfo("Asia/Tokyo")).date()
    headers = {"Authorization": f"Bearer {token_make(alice)}"}

    shown = client_of(alice).get(page)
    file = client_of(alice).get(f"{page}&as=csv")
    said = client_of(None).get(f"/api/v1/videos/{video.public_id}/statistics", headers=headers)

    assert "days in UTC, Asia/Tokyo</p>" in shown.content.decode()
    assert block_of(shown, "statistics")["running"] is True
    assert f"-{day}-UTC_Asia-Tokyo.csv" in file["content-disposition"]
    assert said.json()["time_zones"] == ["UTC", "Asia/Tokyo"]
    assert said.json()["last"] == day.isoformat()


def test_the_channel_lists_its_videos(video: Video, alice: Person) -> None:
    page = client_of(alice).get(f"/studio/channels/{video.channel.handle}/statistics")

    assert f"/studio/videos/{video.public_id}/statistics" in page.content.decode()
    assert client_of(alice).get("/studio/statistics").status_code == 302


def test_a_page_without_a_view_says_what_to_do(channel: Channel, alice: Person) -> None:
    video = video_make(channel)
    page = client_of(alice).get(f"/studio/videos/{video.public_id}/statistics").content.decode()

    assert "Nobody watched it in this period" in page


@pytest.mark.parametrize("site", ["-1-2.example", "=1+2", "@sum", "\t=1", " =1"])
def test_no_table_calculates_with_what_others_wrote(site: str) -> None:
    answer = csv_response("sites.csv", ("site", "views"), [(site, -6)])

    written = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert written == [["site", "views"], [f"'{site}", "-6"]]


def test_the_tables_can_be_taken_home(video: Video, alice: Person) -> None:
    def rows(of: str) -> list[list[str]]:
        path = f"/studio/videos/{video.public_id}/statistics?as=csv&period=7&of={of}"
        answer = client_of(alice).get(path)
        assert answer["content-type"].startswith("text/csv")
        return list(csv.reader(answer.content.decode().splitlines()))

    assert rows("days")[0] == ["day", "views", "plays", "watch_time_s"]
    assert (len(rows("days")), rows("days")[-1][1:]) == (8, ["6", "6", "57"])
    assert rows("country") == [["country", "views", "watch_time_s"], ["other", "6", "57"]]
    assert len(rows("retention")) == 101
    assert rows("../../x") == rows("days")


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("period=7", 7),
        ("period=28", 28),
        ("period=ever", 1),
        ("period=-1", 28),
        ("period=\u0667", 28),
        ("first=2026-03-01&last=2026-03-10", 10),
        ("first=2026-03-10&last=2026-03-01", 28),
        ("first=0001-01-01&last=9999-12-31", 28),
        ("first=x&last=", 28),
    ],
)
def test_a_period_that_makes_no_sense_is_the_usual_one(
    video: Video, alice: Person, query: str, days: int
) -> None:
    answer = client_of(alice).get(f"/studio/videos/{video.public_id}/statistics?{query}")

    assert len(block_of(answer, "statistics")["days"]) == days


def test_the_api_says_the_same_to_the_same_people(video: Video, alice: Person, bob: Person) -> None:
    handle = video.channel.handle
    for path in (f"videos/{video.public_id}", f"channels/{handle}"):
        address = f"/api/v1/{path}/statistics"
        headers = {who: {"Authorization": f"Bearer {token_make(who)}"} for who in (alice, bob)}
        said = client_of(None).get(address, headers=headers[alice]).json()
        assert (said["total"]["views"], len(said["days"])) == (6, 28)
        assert client_of(None).get(address, headers=headers[bob]).status_code == 404
        assert client_of(None).get(address).status_code == 401
        for query in ("first=2026-03-02&last=2026-03-01", "first=2026-03-02", "last=x"):
            answer = client_of(None).get(f"{address}?{query}", headers=headers[alice])
            assert answer.status_code == 422


def test_a_small_group_is_named_by_no_file_and_no_program(channel: Channel, alice: Person) -> None:
    video = video_make(channel)
    for number in range(7):
        taken(*Page(video, who=asker(number), country="FR").watch(10_000))
    lonely = asker(90, device=Device.TV, source=Source.EXTERNAL, site="lonely.example")
    taken(*Page(video, who=lonely, country="IS").watch(10_000))
    browser = client_of(alice)
    headers = {"Authorization": f"Bearer {token_make(alice)}"}

    said: list[str] = []
    for path in (f"videos/{video.public_id}", f"channels/{channel.handle}"):
        page = f"/studio/{path}/statistics"
        files = [f"{page}?as=csv&of={kind}" for kind in Dimension]
        said += [browser.get(address).content.decode() for address in (page, *files)]
        answer = client_of(None).get(f"/api/v1/{path}/statistics", headers=headers)
        assert answer.json()["total"]["views"] == 8
        said.append(answer.content.decode())

    for text in said:
        assert "lonely.example" not in text
        assert '"IS"' not in text
        assert "\nIS," not in text
        assert "\ntv," not in text
