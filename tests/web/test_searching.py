"""The search page and its neighbours: what they show, to whom, and what they withstand."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.audience.models import History
from antenne.catalog.models import Channel
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.services.trends import trends_update
from antenne.catalog.states import TallyKind
from antenne.community.services.follows import channel_follow
from antenne.kernel.clock import now
from tests.catalog.finding import known, spoken
from tests.web.pages import client_of

PAGES = ["/search", "/trending", "/categories", "/categories/music", "/tag/harbour", "/channels"]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_search_shows_what_it_found_with_its_words_marked(
    client: Client, channel: Channel
) -> None:
    video = known(channel, "The <b>ferries</b> of old", language="en", description="A ferry & co.")
    spoken(video, "nothing", "the ferry leaves")

    page = text_of(client, "/search?q=ferry")

    assert "The &lt;b&gt;<mark>ferries</mark>&lt;/b&gt; of old" in page
    assert "A <mark>ferry</mark> &amp; co." in page
    assert f"/v/{video.public_id}?t=10" in page
    assert "the <mark>ferry</mark> leaves" in page


def test_what_is_typed_comes_back_as_text(client: Client, channel: Channel) -> None:
    known(channel, "Swans")

    page = text_of(client, "/search?q=" + quote('"><script>alert(1)</script>'))

    assert "<script>alert" not in page
    assert "Nothing was found" in page


def test_a_typo_leads_to_what_was_meant(client: Client, channel: Channel) -> None:
    known(channel, "Harbour lighthouse")

    page = text_of(client, "/search?q=lighthuose")

    assert "Nothing was found for" in page
    assert "Harbour <mark>lighthouse</mark>" in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a&kind=everything&sort=sideways&length=9&language=xx&category=none&captions=zz",
        "q=" + "x" * 9000,
        "q=swans&kind=moment",
        "q=swans&kind=channel",
        "category=music",
        "q=%27%22%3B--&q=two",
        "q=%ff%fe",
    ],
)
def test_whatever_the_address_says_is_answered(
    client: Client, channel: Channel, query: str
) -> None:
    known(channel, "Swans")

    text_of(client, f"/search?{query}")


@pytest.mark.parametrize("page", ["/search?q=swans", "/trending?x=", "/categories/music?x="])
def test_a_made_up_page_is_none(client: Client, channel: Channel, page: str) -> None:
    known(channel, "Swans", category="music")

    assert client.get(f"{page}&after=nonsense").status_code == 404


def test_suggestions_are_options_of_a_list(client: Client, channel: Channel) -> None:
    video = known(channel, 'Harbour "night" <i>')

    options = text_of(client, "/search/suggest?q=harb")

    assert 'data-url="/search?q=harbour"' in options
    assert f'data-url="/v/{video.public_id}"' in options
    assert "<i>" not in options
    assert text_of(client, "/search/suggest?q=h").strip() == ""
    assert text_of(client, "/search/suggest").strip() == ""


def test_a_stranger_sees_nothing_closed_on_any_of_these(client: Client, channel: Channel) -> None:
    for visibility in ("private", "unlisted"):
        video = known(
            channel,
            f"Heliotrope {visibility}",
            visibility=visibility,
            category="music",
            tags=["harbour"],
        )
        spoken(video, "heliotrope again")

    for address in [*PAGES, "/", "/search?q=heliotrope", "/search/suggest?q=helio"]:
        page = client.get(address).content.decode()
        assert "Heliotrope" not in page, address
        assert "eliotrope again" not in page, address


def test_lists_hold_what_belongs_there(client: Client, channel: Channel) -> None:
    known(channel, "Swans", category="music", tags=["Port"], language="fr")
    known(channel, "Geese", description="About #port life")
    known(channel, "Ducks")

    assert "Swans" in text_of(client, "/categories/music")
    assert "Geese" not in text_of(client, "/categories/music")
    assert all(name in text_of(client, "/tag/port") for name in ("Swans", "Geese"))
    assert "Ducks" not in text_of(client, "/tag/port")
    assert "Swans" in text_of(client, "/trending?language=fr")
    assert "Geese" not in text_of(client, "/trending?language=fr")
    assert "Music" in text_of(client, "/categories")
    assert "Alice" in text_of(client, "/channels")


def test_a_tag_has_one_address(client: Client, channel: Channel) -> None:
    assert client.get("/tag/%C3%89t%C3%A9").headers["Location"] == "/tag/ete"
    assert client.get("/tag/%E6%9D%B1%E4%BA%AC").status_code == 200
    assert client.get("/tag/%23%23").status_code == 404
    assert client.get("/categories/nonsense").status_code == 404


def test_what_is_watched_comes_first(client: Client, channel: Channel) -> None:
    for number in range(14):
        video = known(channel, f"Swan {number:02}")
        if number == 5:
            tally_add(subject=video.pk, home=video.home, kind=TallyKind.VIEWS, by=1_234_567)
    trends_update()

    assert text_of(client, "/trending").index("Swan 05") < text_of(client, "/trending").index(
        "Swan 13"
    )
    assert "1.2M views" in text_of(client, "/trending")
    assert "lead__title" in text_of(client, "/").split("Swan 05")[0]


def test_home_shows_shelves_only_on_its_first_page(
    client: Client, channel: Channel, mona: Person
) -> None:
    for number in range(30):
        known(channel, f"Swan {number:02}", category="travel")

    first = text_of(client, "/")
    address = first.split('hx-get="', 1)[1].split('"', 1)[0]

    assert "shelf__row" in first
    assert "/categories/travel" in first
    assert "shelf__row" not in text_of(client, "/" + address)


def test_home_goes_on_with_what_one_has_begun_and_follows(
    channel: Channel, bob: Person, charlie: Person
) -> None:
    video = known(channel, "Half a swan")
    known(channel, "Another")
    History.objects.create(person=bob, home=bob.home, video=video, position_ms=6_000, at=now())
    channel_follow(by=bob, channel=channel)

    page = client_of(bob).get("/").content.decode()

    assert "Continue watching" in page
    assert 'value="0.500"' in page
    assert "From your subscriptions" in page
    for other in (client_of(charlie), client_of(None)):
        assert "Continue watching" not in other.get("/").content.decode()
        assert "card__watched" not in other.get("/").content.decode()


def test_what_is_narrowed_by_stays_chosen_and_can_be_taken_away(
    client: Client, channel: Channel
) -> None:
    known(channel, "Swans", language="fr", category="music")

    page = text_of(client, "/search?q=swans&language=fr&length=short&sort=newest&since=eternity")

    for name, value in (("language", "fr"), ("length", "short"), ("sort", "newest")):
        field = page.split(f'<select name="{name}"')[1].split("</select>")[0]
        assert f'<option value="{value}" selected>' in field
        assert field.count("selected") == 1
    assert 'href="?q=swans&amp;sort=newest&amp;length=short"' in page
    assert "Under 4 minutes" in page
    assert "eternity" not in page.split('<div class="search__bar">')[1].split("</form>")[0]
