"""What nginx has sent is on the bill: once, however often and in whichever pieces it is read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from antenne.audience.models import Delivery, EgressLog
from antenne.audience.services.taking import egress_take
from antenne.catalog.models import Channel, Video
from antenne.cli import egress
from antenne.cli.egress import logs_import
from antenne.cli.late import CommandRefused
from antenne.kernel.geo import GeoTable, Place
from tests.factories.catalog import video_make

GEO = GeoTable({"198.51.100.7": Place("FR", "Orange"), "198.51.100.8": Place("DE", "Telekom")})


@pytest.fixture
def video(channel: Channel) -> Video:
    return video_make(channel)


def line(video: Video, number: int = 0, **said: object) -> str:
    """Return a line as deploy/nginx writes it."""
    values: dict[str, object] = {
        "id": f"{number:032x}",
        "at": "2026-03-01T23:30:00+01:00",
        "address": "198.51.100.7",
        "method": "GET",
        "uri": f"/m/k1.abc/{video.public_id}/1/s1/v/0.m4s",
        "status": "206",
        "bytes": "100",
        "host": "video.example.org",
        "referer": "",
    }
    return json.dumps(values | said) + "\n"


def counted(path: Path) -> str:
    return logs_import(paths=[path], geo=lambda: GEO)


def bill() -> list[tuple[str, str, str, str, int, int]]:
    columns = ("country", "network", "partner", "sent_bytes", "requests")
    rows = Delivery.objects.order_by("day", *columns).values_list("day", *columns)
    return [(str(day), *rest) for day, *rest in rows]


def test_answers_are_summed_by_day_network_and_partner(video: Video, tmp_path: Path) -> None:
    log = tmp_path / "antenne_delivered.log"
    path = f"/m/k1.abc/{video.public_id}/1/s1/v/0.m4s"
    log.write_text(
        line(video)
        + line(video, 1, referer="https://www.news.example/a", status="200")
        + line(video, 2, uri=f"{path}?p=msn.example", address="198.51.100.8")
        + line(video, 3, at="2026-03-02T00:30:00+01:00")
        + line(video, 4, at="2026-03-02T01:30:00+01:00")
        + line(video, 5, status="403")
        + line(video, 6, method="HEAD", bytes="0")
        + line(video, 7, uri="/v/elsewhere")
        + "something else\n"
    )

    said = counted(log)

    assert (
        said == "antenne_delivered.log: 5 answers, 500 bytes counted, 1 lines that nobody can read."
    )
    assert bill() == [
        ("2026-03-01", "DE", "Telekom", "msn.example", 100, 1),
        ("2026-03-01", "FR", "Orange", "", 200, 2),
        ("2026-03-01", "FR", "Orange", "news.example", 100, 1),
        ("2026-03-02", "FR", "Orange", "", 100, 1),
    ]
    assert "198.51.100" not in str(list(Delivery.objects.values()))


def test_the_usual_form_of_nginx_is_read_too(video: Video, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(
        '198.51.100.7 - - [01/Mar/2026:23:30:00 +0100] "GET '
        f'/m/k1.abc/{video.public_id}/1/s1/v/0.m4s HTTP/1.1" 206 70 "-" "Mozilla/5.0"\n'
        '198.51.100.7 - - [01/Mar/2026:23:30:00 +0100] "GET / HTTP/1.1" 200 9 "-" "Mozilla/5.0"\n'
    )

    counted(log)

    assert bill() == [("2026-03-01", "FR", "Orange", "", 70, 1)]


def test_reading_again_counts_only_what_is_new_even_rotated_and_packed(
    video: Video, tmp_path: Path
) -> None:
    log, rotated = tmp_path / "delivered.log", tmp_path / "delivered.log.1.gz"
    log.write_text(line(video, 0) + line(video, 1) + line(video, 2).rstrip())
    for _time in range(2):
        counted(log)
    assert bill()[0][4:] == (200, 2)

    rotated.write_bytes(gzip.compress((log.read_text() + "\n" + line(video, 3)).encode()))
    log.write_text(line(video, 9))
    for _time in range(2):
        logs_import(paths=[rotated, log], geo=lambda: GEO)

    assert bill()[0][4:] == (500, 5)
    assert EgressLog.objects.count() == 2


@pytest.mark.parametrize("stop", [1, 3, 7])
def test_stopped_half_way_it_goes_on_where_it_stopped(
    video: Video, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    log = tmp_path / "delivered.log"
    log.write_text("".join(line(video, number) for number in range(50)))
    monkeypatch.setattr(egress, "PART_BYTES", 1_000)
    calls: list[object] = []

    def dying(**said: object) -> bool:
        calls.append(said)
        if len(calls) > stop:
            raise KeyboardInterrupt
        return egress_take(**said)  # type: ignore[arg-type]

    monkeypatch.setattr("antenne.cli.egress.egress_take", dying)
    with pytest.raises(KeyboardInterrupt):
        counted(log)
    assert 0 < bill()[0][5] < 50

    monkeypatch.setattr("antenne.cli.egress.egress_take", egress_take)
    counted(log)

    assert bill()[0][4:] == (5_000, 50)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, region: None) -> None:
    log = tmp_path / "broken.gz"
    log.write_bytes(b"\x1f\x8b broken")

    with pytest.raises(CommandRefused, match=r"broken\.gz cannot be read"):
        counted(log)

    assert not EgressLog.objects.exists()
