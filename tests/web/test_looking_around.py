"""Home, channels, setting up, and pages that cannot be shown."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from antenne.accounts.models import Person, User
from antenne.accounts.services import setup_link_make
from antenne.catalog.models import Channel
from tests.cast import PASSWORD
from tests.factories.catalog import video_make
from tests.web.pages import client_of

HERE = "http://testserver"


def test_home_shows_what_is_public_and_playable(client: Client, channel: Channel) -> None:
    video_make(channel, title="Shown")
    video_make(channel, title="Unlisted one", visibility="unlisted")
    video_make(channel, title="Private one", visibility="private")
    video_make(channel, title="Unfinished one", state="processing")

    page = client.get("/").content.decode()

    assert "Shown" in page
    assert " one" not in page


def test_home_goes_on_at_a_real_address(client: Client, channel: Channel) -> None:
    for number in range(27):
        video_make(channel, title=f"Swan {number:02}")

    first = client.get("/")
    address = first.content.decode().split('hx-get="', 1)[1].split('"', 1)[0]
    rest = client.get("/" + address).content.decode()

    assert "Swan 26" in first.content.decode()
    assert "Swan 01" in rest
    assert "Swan 26" not in rest


LISTS = (
    *("/", "/trending", "/channels", "/groups", "/c/alice/posts"),
    *("/subscriptions", "/subscriptions/channels", "/subscriptions/posts", "/notifications"),
    *("/settings/blocks", "/liked", "/history", "/library", "/studio", "/studio/comments"),
    *("/desk/reports", "/desk/decisions", "/desk/people", "/desk/videos", "/desk/log"),
)


@pytest.mark.parametrize("address", LISTS)
def test_no_list_goes_on_behind_a_cursor_that_is_not_ours(
    address: str, channel: Channel, mona: Person
) -> None:
    client = client_of(mona)

    assert client.get(address).status_code == 200
    assert client.get(f"{address}?after=nonsense").status_code == 404


def test_the_first_administrator_is_made_once(client: Client, region: None) -> None:
    secret = setup_link_make()
    fields = {"name": "Mona", "email": "mona@example.org", "password": PASSWORD}

    response = client.post(f"/setup/{secret}", fields)

    assert response.headers["Location"] == "/upload"
    assert User.objects.get().is_operator
    assert client.get(f"/setup/{secret}").status_code == 404


def test_an_unknown_address_has_a_page_of_ours(client: Client, region: None) -> None:
    response = client.get("/nothing/here")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_no_page_carries_a_script_or_style_of_its_own(client: Client, channel: Channel) -> None:
    video = video_make(channel)

    for address in ("/", f"/v/{video.public_id}", f"/embed/{video.public_id}", "/styleguide"):
        page = client.get(address).content.decode()

        inline = [part for part in page.split("<script")[1:] if 'src="' not in part.split(">")[0]]
        assert all('type="application/' in part.split(">")[0] for part in inline)
        assert "style=" not in page
        assert "<style" not in page


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
def test_a_form_without_its_token_is_refused_with_a_page(region: None) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/sign-in", {"login": "a@example.org", "password": "b"})

    assert response.status_code == 403
    assert "This form has grown too old" in response.content.decode()
    assert '<a class="button button--main" href="/sign-in">Back</a>' in response.content.decode()


def test_the_language_is_chosen_without_a_token_and_nothing_else_is(region: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/")

    response = strict.post("/language", {"language": "fr", "next": "/trending"})

    assert not page.cookies
    assert (response.status_code, response.headers["Location"]) == (302, "/trending")
    assert strict.cookies["django_language"].value == "fr"
    away = strict.post("/language", {"language": "en", "next": "https://elsewhere.example/"})
    assert away.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("address", "from_page", "leads_to"),
    [
        ("/studio/channels/kit/edit", f"{HERE}/upload?a=b", "/upload?a=b"),
        ("/studio/channels/kit/edit", "", "/studio/channels/kit"),
        ("/studio/channels/kit/edit", f"{HERE}/studio/channels/kit/edit", "/studio/channels/kit"),
        ("/studio/channels/kit/edit", "https://elsewhere.example/", "/studio/channels/kit"),
        ("/studio/imports", "", "/studio"),
        ("/v/x0abc/unlock", "", "/v/x0abc"),
    ],
)  # fmt: skip
def test_an_address_of_a_form_leads_whoever_opens_it_to_its_page(
    client: Client, region: None, address: str, from_page: str, leads_to: str
) -> None:
    response = client.get(address, headers={"accept": "text/html,*/*", "referer": from_page})

    assert (response.status_code, response.headers["Location"]) == (302, leads_to)
    assert client.get(address).status_code == 405


@pytest.mark.parametrize(("language", "files"), [("ja", 1), ("fr", 0)])
def test_letters_for_japanese_come_with_japanese_pages_alone(
    region: None, language: str, files: int
) -> None:
    page = Client(headers={"accept-language": language}).get("/").content.decode()

    assert page.count('<link rel="stylesheet" href="/static/dist/assets/fonts_ja-') == files
