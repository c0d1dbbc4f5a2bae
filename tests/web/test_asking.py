"""What a page's request says of whoever watches, and what is not taken from it."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client, RequestFactory

from antenne.accounts.models import Person
from antenne.audience.states import Device, Source
from antenne.catalog.models import Channel
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import ticket_read
from antenne.web.watch.asking import asker_of, device_of, source_of
from tests.cast import login_of
from tests.factories.catalog import video_make

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Mobile/15E148"
HOST = "antenne.example"


@pytest.mark.parametrize(
    ("referrer", "expected"),
    [
        ("", (Source.DIRECT, "")),
        (f"https://{HOST}/", (Source.HOME, "")),
        (f"https://{HOST}/search?q=swans", (Source.SEARCH, "")),
        (f"https://{HOST}/c/birds", (Source.CHANNEL, "")),
        (f"https://{HOST}/v/x0abc", (Source.VIDEO, "")),
        (f"https://{HOST}/studio", (Source.OTHER, "")),
        ("https://www.news.example/a?b", (Source.EXTERNAL, "news.example")),
        ("http://[broken", (Source.DIRECT, "")),
        (f"https://{'a' * 80}.example/", (Source.DIRECT, "")),
        ("https://sp ace.example/", (Source.DIRECT, "")),
        ("javascript:alert(1)", (Source.DIRECT, "")),
    ],
)
def test_where_somebody_came_from(referrer: str, expected: tuple[Source, str]) -> None:
    request = RequestFactory(headers={"referer": referrer, "host": HOST}).get("/v/x0abc")

    assert source_of(request) == expected


def test_an_embed_knows_the_site_around_it() -> None:
    request = RequestFactory(headers={"referer": "https://msn.example/", "host": HOST}).get("/")

    assert source_of(request, embedded=True) == (Source.EMBED, "msn.example")


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, Device.PHONE),
        ("Mozilla/5.0 (Linux; Android 16; Pixel) Chrome/140 Mobile Safari", Device.PHONE),
        ("Mozilla/5.0 (Linux; Android 16; SM-X900) Chrome/140 Safari", Device.TABLET),
        ("Mozilla/5.0 (iPad; CPU OS 19_0)", Device.TABLET),
        ("Mozilla/5.0 (SMART-TV; Tizen 8)", Device.TV),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15)", Device.DESKTOP),
        ("curl/9", Device.OTHER),
        ("", Device.OTHER),
    ],
)
def test_on_what_somebody_watches(agent: str, device: Device) -> None:
    assert device_of(agent) == device


def test_a_robot_is_not_asked() -> None:
    request = RequestFactory(headers={"user-agent": "Googlebot/2.1", "host": HOST}).get("/")

    assert asker_of(request) is None


def said_on(client: Client, path: str, **headers: str) -> dict[str, str | int]:
    page = client.get(path, headers=headers).content.decode()
    block = re.search(r'<script id="playback"[^>]*>(.*?)</script>', page, flags=re.DOTALL)
    assert block
    ticket = json.loads(block[1])["beacon"]["ticket"]
    return ticket_read(environment().secret, "beacon", ticket, now_s=unix_s())


def test_the_page_hands_its_player_a_ticket_for_this_video(channel: Channel, bob: Person) -> None:
    video = video_make(channel)
    client = Client()
    client.force_login(login_of(bob))

    said = said_on(client, f"/v/{video.public_id}", **{"user-agent": PHONE})

    assert (said["v"], said["p"], said["d"]) == (video.pk.hex, bob.pk.hex, "phone")
    assert "127.0.0.1" not in json.dumps(said)


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
def test_who_does_not_want_to_be_tracked_is_not(channel: Channel, bob: Person, header: str) -> None:
    video = video_make(channel)
    client = Client()
    client.force_login(login_of(bob))

    said = said_on(client, f"/v/{video.public_id}", **{header: "1"})

    assert set(said) == {"s", "v", "m", "w", "a"}


def test_two_pages_are_two_sessions_of_one_viewer(channel: Channel) -> None:
    video, other = video_make(channel), video_make(channel, title="Geese")
    one, two = (said_on(Client(), f"/v/{video.public_id}") for _ in range(2))
    elsewhere = said_on(Client(), f"/v/{other.public_id}")

    assert one["w"] == two["w"] != elsewhere["w"]
    assert one["s"] != two["s"]
