"""What stands before a video: a country, a premiere's moment, a question; and taking it home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from antenne.accounts.models import Person, Preferences
from antenne.catalog.models import Channel, MediaFile, Video
from antenne.catalog.services.visibility import videos_due_publish
from antenne.delivery import places
from antenne.kernel.clock import now
from antenne.kernel.geo import GeoTable, Place
from tests.factories.catalog import video_make
from tests.web.pages import block_of, client_of

FRENCH, BELGIAN = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def atlas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two addresses whose countries are known."""
    table = GeoTable({FRENCH: Place("FR"), BELGIAN: Place("BE")})
    monkeypatch.setattr(places, "geo_open", lambda: table)


def changed(video: Video, **said: object) -> Video:
    Video.objects.filter(pk=video.pk).update(**said)
    video.refresh_from_db()
    return video


@pytest.mark.usefixtures("atlas")
def test_a_video_that_is_closed_in_a_country_hands_out_no_path(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = changed(video_make(channel, title="Heron"), geo="only", geo_countries=["FR"])
    addresses = (
        f"/v/{video.public_id}", f"/embed/{video.public_id}",
        f"/v/{video.public_id}/playback.json", f"/api/v1/videos/{video.public_id}/playback",
        f"/v/{video.public_id}/download",
    )  # fmt: skip

    for address in addresses:
        there = client.get(address, REMOTE_ADDR=BELGIAN)
        assert (there.status_code, address) == (451, address)
        assert "/m/k1." not in there.content.decode()
        assert "Heron" not in there.content.decode()
        assert client.get(address, REMOTE_ADDR=FRENCH).status_code in (200, 404)
    own = client_of(alice).get(f"/v/{video.public_id}", REMOTE_ADDR=BELGIAN)
    assert own.status_code == 200


@pytest.mark.usefixtures("atlas")
def test_home_shows_its_picture_by_a_path_that_opens_nothing_else(
    client: Client, channel: Channel
) -> None:
    changed(video_make(channel), geo="except", geo_countries=["BE"])

    page = client.get("/", REMOTE_ADDR=BELGIAN).content.decode()

    assert "/m/p1.0." in page
    assert "/m/k1." not in page


def premiere(channel: Channel, minutes: float) -> Video:
    later = now() + timedelta(days=1)
    video = video_make(channel, title="Gala", visibility="scheduled", publish_at=later)
    return changed(video, premiere=True, publish_at=now() + timedelta(minutes=minutes))


def test_a_premiere_is_announced_and_hands_out_no_path(client: Client, channel: Channel) -> None:
    video = premiere(channel, 5)

    page = client.get(f"/v/{video.public_id}")

    text = page.content.decode()
    assert page.status_code == 200
    assert "Gala" in text
    assert 290 < page.context["left_s"] <= 300
    assert "/m/k1." not in text
    assert f'/v/{video.public_id}" data-share-base' in text
    assert 'id="embed"' not in text
    assert client.get(f"/v/{video.public_id}/playback.json").status_code == 403
    assert client.get(f"/embed/{video.public_id}").status_code == 403


def test_a_scheduled_video_that_is_no_premiere_stays_unknown(
    client: Client, channel: Channel
) -> None:
    video = changed(premiere(channel, 5), premiere=False)

    page = client.get(f"/v/{video.public_id}")

    assert page.status_code == 403
    assert "Gala" not in page.content.decode()


def test_at_its_moment_a_premiere_is_where_it_is_for_everybody(
    client: Client, channel: Channel
) -> None:
    video = premiere(channel, -0.1)
    early = block_of(client.get(f"/v/{video.public_id}"), "playback")
    assert 5 <= early["startS"] <= 8
    assert early["masterUrl"]

    assert videos_due_publish() == 1

    after = block_of(client.get(f"/v/{video.public_id}"), "playback")
    wished = block_of(client.get(f"/v/{video.public_id}?t=2"), "playback")
    assert 5 <= after["startS"] <= 8
    assert wished["startS"] == 2


def test_a_premiere_of_yesterday_begins_at_its_beginning(client: Client, channel: Channel) -> None:
    video = premiere(channel, -24 * 60)
    videos_due_publish()

    assert block_of(client.get(f"/v/{video.public_id}"), "playback")["startS"] == 0


@pytest.mark.parametrize(("sensitive", "gate"), [("ask", "sensitive"), ("show", ""), ("", "")])
def test_a_sensitive_video_asks_unless_one_said_otherwise(
    bob: Person, channel: Channel, sensitive: str, gate: str
) -> None:
    video = changed(video_make(channel), sensitive=bool(sensitive))
    if sensitive:
        Preferences.objects.create(home="eu", person=bob, sensitive=sensitive)

    page = client_of(bob).get(f"/v/{video.public_id}")

    assert block_of(page, "playback")["gate"] == gate
    assert ('data-veiled="true"' in page.content.decode()) is bool(gate)
    assert ('rel="preload" as="fetch"' in page.content.decode()) is not bool(gate)


def test_embeds_ask_too_and_owners_are_not_asked(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = changed(video_make(channel), sensitive=True)

    embed = client.get(f"/embed/{video.public_id}")
    own = client_of(alice).get(f"/v/{video.public_id}")

    assert block_of(embed, "playback")["gate"] == "sensitive"
    assert block_of(own, "playback")["gate"] == ""


def test_a_video_is_handed_out_whole_where_its_owner_permits(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = video_make(channel, title='Swans "at" dawn\r\nx')
    path = f"/v/{video.public_id}/download"
    MediaFile.objects.create(
        home="eu", audience="everybody", video=video, path="s1/file/film.mp4", type="video/mp4",
        size_bytes=9,
    )  # fmt: skip
    assert client.get(path).status_code == 404
    assert path not in client.get(f"/v/{video.public_id}").content.decode()
    assert client_of(alice).get(path).status_code == 302

    changed(video, downloadable=True)

    url = client.get(path).headers["Location"]
    assert url.endswith("/s1/file/film.mp4?download=Swans%20%22at%22%20dawn%20x.mp4")
    assert path in client.get(f"/v/{video.public_id}").content.decode()
