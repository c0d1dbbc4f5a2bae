"""The page of a video: who sees it, what it hands to the player and to other sites."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.services.videos import video_edit, video_embedding_set, video_remove
from tests.cast import PASSWORD
from tests.factories.catalog import video_make
from tests.web.pages import block_of, client_of

CLOSED_TITLE = "Swans at dawn"


def test_a_public_video_is_shown_with_its_player(client: Client, channel: Channel) -> None:
    video = video_make(channel, title="Swans")

    response = client.get(f"/v/{video.public_id}")

    block = block_of(response, "playback")
    assert response.status_code == 200
    assert block["masterUrl"].endswith(f"/{video.public_id}/1/s1/master.m3u8")
    assert block["durationMs"] == 12_000
    assert block["expiresS"] == 0


@pytest.mark.parametrize("visibility", ["private", "password"])
def test_a_closed_video_gives_nothing_of_itself_away(
    client: Client, channel: Channel, visibility: str
) -> None:
    video = video_make(channel, title=CLOSED_TITLE, visibility=visibility, password=PASSWORD)

    for address in ("/v/{}", "/embed/{}", "/v/{}/playback.json"):
        response = client.get(address.format(video.public_id))

        assert response.status_code == 403
        assert CLOSED_TITLE not in response.content.decode()
        assert "master.m3u8" not in response.content.decode()


def test_its_owner_watches_a_private_video_on_paths_that_run_out(
    alice: Person, bob: Person, channel: Channel
) -> None:
    video = video_make(channel, visibility="private")

    answer = client_of(alice).get(f"/v/{video.public_id}/playback.json")

    assert answer.json()["expiresS"] > 0
    assert client_of(bob).get(f"/v/{video.public_id}").status_code == 403


def test_the_password_opens_a_video_and_a_wrong_one_does_not(
    client: Client, channel: Channel
) -> None:
    video = video_make(channel, visibility="password", password=PASSWORD)

    wrong = client.post(f"/v/{video.public_id}/unlock", {"password": "vinegar"})
    still = client.get(f"/v/{video.public_id}")
    right = client.post(f"/v/{video.public_id}/unlock", {"password": PASSWORD})

    assert (wrong.status_code, still.status_code, right.status_code) == (403, 403, 302)
    assert client.get(f"/v/{video.public_id}").status_code == 200


def test_a_removed_video_says_so_and_an_unknown_one_is_not_found(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = video_make(channel)

    video_remove(by=alice, public_id=video.public_id)

    assert client.get(f"/v/{video.public_id}").status_code == 410
    assert client.get("/v/x0000000").status_code == 404


def test_a_title_cannot_end_the_scripts_it_stands_in(client: Client, channel: Channel) -> None:
    video = video_make(channel, title="</script><script>alert(1)</script>")

    page = client.get(f"/v/{video.public_id}").content.decode()

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert "<script>alert" not in page
    assert found is not None
    assert json.loads(found[1])["name"] == "</script><script>alert(1)</script>"


def test_other_sites_read_the_video_from_its_page(client: Client, channel: Channel) -> None:
    video = video_make(channel, title="Swans")

    page = client.get(f"/v/{video.public_id}").content.decode()

    embed = f"http://testserver/embed/{video.public_id}"
    assert '<meta property="og:type" content="video.other">' in page
    assert f'<meta name="twitter:player" content="{embed}">' in page
    assert 'type="application/json+oembed"' in page
    assert '"@type": "VideoObject"' in page
    assert '"duration": "PT12S"' in page


def test_an_unlisted_video_asks_not_to_be_indexed(client: Client, channel: Channel) -> None:
    video = video_make(channel, visibility="unlisted")

    page = client.get(f"/v/{video.public_id}").content.decode()

    assert '<meta name="robots" content="noindex">' in page
    assert "og:video" not in page


def test_an_embed_plays_where_its_owner_allows(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = video_make(channel)
    video_embedding_set(
        by=alice, public_id=video.public_id, embedding="listed", sites=("news.example",)
    )

    response = client.get(f"/embed/{video.public_id}")

    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' news.example" in policy
    assert "X-Frame-Options" not in response.headers
    way = f'<h1 class="embed-page__title"><a href="http://testserver/v/{video.public_id}"'
    assert way in response.content.decode()


def test_moments_and_addresses_of_a_description_are_links(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = video_make(channel)
    text = "0:00 Dawn\n0:04 Flight <b>\n0:08 Rest\nhttps://example.org/a?b=1&c=2."
    video_edit(by=alice, public_id=video.public_id, description=text)

    response = client.get(f"/v/{video.public_id}")

    page = response.content.decode()
    assert '<a href="?t=4" data-seek="4">0:04</a> Flight &lt;b&gt;' in page
    assert 'href="https://example.org/a?b=1&amp;c=2"' in page
    assert [row["startMs"] for row in block_of(response, "playback")["chapters"]] == [0, 4000, 8000]
