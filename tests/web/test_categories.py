"""Categories: Mona names, orders and withdraws them, and everybody sees it."""

from __future__ import annotations

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.custody.services import setting_write
from antenne.custody.settings import CategorySettings
from tests.catalog.finding import known
from tests.web.pages import client_of


@pytest.fixture
def ours(channel: Channel) -> Video:
    """A site that calls its news Harbour news, has it first, and offers no music any more."""
    names = {"en:news": "Harbour news"}
    value = CategorySettings(order=("news",), hidden=("music",), names=names)
    setting_write(value=value, by=None)
    for category in ("animals", "music"):
        known(channel, f"Swans, {category}", category=category)
    return known(channel, "Swans on the air", category="news")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/categories",
        "/categories/news",
        "/search",
        "/search?q=swans",
        "/api/v1/categories",
        "/feeds/category/news/rss.xml",
    ],
)
def test_a_category_is_called_what_the_site_calls_it(
    client: Client, ours: Video, path: str
) -> None:
    assert "Harbour news" in client.get(path).content.decode()


def test_a_video_says_its_category_under_that_name(client: Client, ours: Video) -> None:
    assert "Harbour news" in client.get(f"/v/{ours.public_id}").content.decode()


def test_the_first_stands_first_and_one_that_is_not_offered_is_not_there(
    client: Client, ours: Video
) -> None:
    shown = [category.value for category in client.get("/").context["categories"]]

    assert shown == ["news", "animals"]
    assert client.get("/categories/music").status_code == 200


def test_creators_choose_among_what_is_offered_and_what_they_had(
    alice: Person, ours: Video
) -> None:
    def offered(path: str) -> list[str]:
        choices = client_of(alice).get(path).context["form"]["category"].field.choices
        return [key for key, _name in choices]

    sung = Video.objects.get(category="music")

    assert offered(f"/studio/videos/{ours.public_id}")[:2] == ["", "news"]
    assert "music" not in offered(f"/studio/videos/{ours.public_id}")
    assert "music" in offered(f"/studio/videos/{sung.public_id}")
