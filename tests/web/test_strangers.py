"""What one stranger was answered is the answer to the next, and to nobody else."""

from __future__ import annotations

from itertools import count

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.community.selectors import onlookers
from antenne.custody.selectors import settings_read_again
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from antenne.kernel.geo import GeoTable, Place
from antenne.kernel.remembering import MEMORY
from antenne.web import strangers
from tests.cast import login_of
from tests.catalog.finding import known
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make
from tests.factories.community import comment_make

LIST = "/api/v1/videos"
LISTS = (
    *("/", "/trending", "/categories", "/categories/music", "/tag/birds", "/channels"),
    *("/api/v1/videos?size=2", "/api/v1/channels", "/api/v1/search?q=swan", "/api/v1/trending"),
    *("/api/v1/channels/{channel}/videos", "/api/v1/videos/{video}/comments"),
    *("/api/v1/channels/{channel}/posts", "/api/v1/groups", "/api/v1/categories"),
)
PART = "/v/{video}/comments"


DAYS = count(10_000)


class Clock:
    """The time that passes for what is kept; each test has a day of its own."""

    def __init__(self) -> None:
        self.day_s = next(DAYS) * 86_400.0
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.day_s + self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(MEMORY, "on", True)
    monkeypatch.setattr("antenne.kernel.remembering.monotonic", clock)
    monkeypatch.setattr(strangers, "monotonic", clock)
    monkeypatch.setattr(strangers, "ANSWERS", strangers.Answers())
    return clock


@pytest.fixture
def shown(channel: Channel) -> Video:
    video = known(channel, "A swan", category="music", tags=["birds"], language="en")
    comment_make(video, by=channel.person, body="So white")
    return video


def again(address: str, headers: dict[str, str] | None = None) -> int:
    """Ask as a stranger, and say how many queries it took."""
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address, headers=headers).status_code == 200
    return len(asked)


@pytest.mark.parametrize("pattern", [*LISTS, PART])
def test_the_next_stranger_gets_the_same_for_one_query(
    clock: Clock, shown: Video, pattern: str
) -> None:
    address = pattern.format(video=shown.public_id, channel=shown.channel.handle)
    headers = {"HX-Request": "true"} if pattern == PART else {}
    first = Client().get(address, headers=headers)
    with CaptureQueriesContext(connection) as asked:
        second = Client().get(address, headers=headers)

    assert first.status_code == second.status_code == 200
    assert second.content == first.content
    assert not second.cookies
    assert second["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert len(asked) == 1
    own = {"X-Request-Id"}
    assert {k: v for k, v in second.items() if k not in own} == {
        k: v for k, v in first.items() if k not in own
    }


@pytest.mark.parametrize("pattern", [*LISTS, PART])
def test_what_is_left_out_of_the_key_changes_no_list(shown: Video, pattern: str) -> None:
    address = pattern.format(video=shown.public_id, channel=shown.channel.handle)
    unread = {name.removeprefix("HTTP_").replace("_", "-"): "1" for name in strangers._UNREAD}
    kept = {"COOKIE", "IF-NONE-MATCH", "ACCEPT-LANGUAGE"}
    headers = {"HX-Request": "true"} if pattern == PART else {}

    plain = Client().get(address, headers=headers)
    other = Client().get(
        address, headers=headers | {k: v for k, v in unread.items() if k not in kept}
    )

    assert plain.content == other.content


def test_after_a_second_it_is_asked_anew(clock: Clock, shown: Video) -> None:
    def title() -> str:
        found: str = Client().get(LIST).json()["items"][0]["title"]
        return found

    assert title() == "A swan"
    Video.objects.filter(pk=shown.pk).update(title="A goose")  # no fact tells of it
    clock.now_s = 1.0
    assert title() == "A swan"
    clock.now_s = 1.1

    assert title() == "A goose"


def test_who_is_signed_in_neither_gets_nor_gives_it(
    clock: Clock, alice: Person, shown: Video
) -> None:
    mine = Client()
    mine.force_login(login_of(alice))
    own = mine.get(LIST)
    strange = Client().get(LIST)
    page, others = mine.get("/").content.decode(), Client().get("/").content.decode()

    assert own.json()["items"][0]["owner"] is not None
    assert strange.json()["items"][0]["owner"] is None
    assert mine.get(LIST).json()["items"][0]["owner"] is not None
    assert mine.get(LIST)["Cache-Control"] == "private, no-cache"
    assert f"@{alice.handle}" in page
    assert f"@{alice.handle}" not in others


def test_a_token_is_looked_at_each_time(clock: Clock, alice: Person, shown: Video) -> None:
    Client().get(LIST)
    secret = token_make(alice)

    mine = Client().get(LIST, headers={"Authorization": f"Bearer {secret}"})
    wrong = Client().get(LIST, headers={"Authorization": "Bearer ant_wrong"})

    assert mine.json()["items"][0]["owner"] is not None
    assert wrong.status_code == 401
    assert Client().get(LIST).json()["items"][0]["owner"] is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "fr"},
        {"Cookie": "django_language=fr"},
        {"Cookie": "theme=dark"},
        {"Cookie": "anything=1"},
        {"Cookie": "messages=1"},
        {"Accept-Encoding": "gzip"},
        {"HX-Request": "true"},
        {"Host": "videos.example"},
        {"Authorization": ""},
        {"Antenne-Password": "swan"},
        {"X-Of-Tomorrow": "1"},
    ],
    ids=str,
)
def test_who_asks_otherwise_is_answered_for_themselves(
    clock: Clock, shown: Video, headers: dict[str, str]
) -> None:
    Client().get("/")

    assert again("/", headers) > 1
    assert Client().get("/").content != b""


@pytest.mark.parametrize("address", ["/?after=", "/?a=1", "/trending"])
def test_another_address_is_another_answer(clock: Clock, shown: Video, address: str) -> None:
    Client().get("/")

    assert again(address) > 1


def test_the_page_is_in_the_language_of_who_reads_it(clock: Clock, shown: Video) -> None:
    english, french = (
        Client().get("/", headers={"Accept-Language": language}).content.decode()
        for language in ("en", "fr-CA,fr;q=0.8")
    )

    assert '<html lang="en"' in english
    assert '<html lang="fr"' in french
    assert '<html lang="en"' in Client().get("/").content.decode()


def test_a_country_gets_what_is_shown_there(
    clock: Clock, channel: Channel, shown: Video, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = GeoTable({"192.0.2.7": Place("FR"), "8.8.8.8": Place("US")})
    monkeypatch.setattr(onlookers, "geo_open", lambda: table)
    limited = video_make(channel, title="Only here")
    Video.objects.filter(pk=limited.pk).update(geo="only", geo_countries=["FR"])

    def titles(address: str) -> set[str]:
        answer = Client().get(LIST, REMOTE_ADDR=address)
        assert answer["Cache-Control"] == "private, max-age=0"
        return {item["title"] for item in answer.json()["items"]}

    assert titles("192.0.2.7") == {"A swan", "Only here"}
    assert titles("8.8.8.8") == {"A swan"}
    assert titles("10.0.0.1") == {"A swan"}
    assert titles("192.0.2.7") == {"A swan", "Only here"}


def test_what_the_site_hides_from_strangers_is_hidden_at_once(
    clock: Clock, mona: Person, shown: Video
) -> None:
    Video.objects.filter(pk=shown.pk).update(sensitive=True)
    assert len(Client().get(LIST).json()["items"]) == 1

    setting_write(value=FeatureSettings(sensitive="hide"), by=mona.pk)
    settings_read_again()

    assert Client().get(LIST).json()["items"] == []


def test_what_is_new_is_there_at_once(clock: Clock, channel: Channel, shown: Video) -> None:
    assert len(Client().get(LIST).json()["items"]) == 1

    video_make(channel, title="A goose")

    assert len(Client().get(LIST).json()["items"]) == 2
    assert "A goose" in Client().get("/").content.decode()


def test_what_became_private_is_gone_at_once(clock: Clock, alice: Person, shown: Video) -> None:
    assert len(Client().get(LIST).json()["items"]) == 1
    assert shown.title in Client().get("/").content.decode()
    Client().get(f"/v/{shown.public_id}")
    Client().get(f"{LIST}/{shown.public_id}/playback")
    visibility_set(by=alice, public_id=shown.public_id, showing=Showing("private"))

    assert Client().get(LIST).json()["items"] == []
    assert shown.title not in Client().get("/").content.decode()
    assert Client().get(f"/v/{shown.public_id}").status_code == 403
    assert Client().get(f"{LIST}/{shown.public_id}").status_code == 403
    assert Client().get(f"{LIST}/{shown.public_id}/playback").status_code == 403


@pytest.mark.parametrize("address", ["/v/{video}", "/c/{channel}", "/sign-in", "/search?q=swan"])
def test_what_was_not_offered_is_never_kept(clock: Clock, shown: Video, address: str) -> None:
    path = address.format(video=shown.public_id, channel=shown.channel.handle)
    Client().get(path)

    assert strangers.ANSWERS.kept == {}


@pytest.mark.parametrize("address", [f"{LIST}?cursor=nonsense", "/?after=nonsense", "/tag/%20"])
def test_refusals_are_not_kept(clock: Clock, shown: Video, address: str) -> None:
    assert Client().get(address).status_code in (404, 422)

    assert strangers.ANSWERS.kept == {}


def test_an_answer_that_sets_a_cookie_is_not_kept(
    clock: Clock, shown: Video, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form's token always sets its cookie, also for who has one already."""
    monkeypatch.setattr(strangers, "strangers_offered", lambda _request: True)
    browser = Client()

    assert "csrftoken" in browser.get("/sign-in").cookies
    assert "csrftoken" in browser.get("/sign-in").cookies
    assert strangers.ANSWERS.kept == {}


def test_head_is_answered_without_a_body_and_does_not_stand_for_get(
    clock: Clock, shown: Video
) -> None:
    head, full = Client().head(LIST), Client().get(LIST)

    assert (head.status_code, head.content) == (200, b"")
    assert len(full.json()["items"]) == 1
    assert Client().head(LIST).content == b""


def test_who_has_it_already_is_told_so(clock: Clock, shown: Video) -> None:
    etag = Client().get(LIST)["ETag"]

    known_already = Client().get(LIST, headers={"If-None-Match": etag})
    other = Client().get(LIST, headers={"If-None-Match": '"other"'})

    assert (known_already.status_code, known_already.content) == (304, b"")
    assert other.status_code == 200
    assert Client().get(LIST).status_code == 200


def test_so_many_answers_are_kept_and_so_many_bytes(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "_ANSWERS_MOST", 3)
    monkeypatch.setattr(strangers, "_BYTES_MOST", 100)
    answers = strangers.Answers()
    for number in range(5):
        answers.keep(number, HttpResponse(b"x" * 10))
    assert list(answers.kept) == [2, 3, 4]
    assert answers.bytes == 30

    answers.keep("large", HttpResponse(b"x" * 80))
    assert list(answers.kept) == [3, 4, "large"]
    answers.keep("too large", HttpResponse(b"x" * 101))
    assert list(answers.kept) == []
    assert answers.bytes == 0


def test_what_is_old_makes_room(clock: Clock) -> None:
    answers = strangers.Answers()
    answers.keep("old", HttpResponse(b"old"))
    clock.now_s = 1.5
    answers.keep("new", HttpResponse(b"new"))

    assert list(answers.kept) == ["new"]
    assert answers.find("old") is None


def test_nothing_is_kept_where_nothing_is_remembered(shown: Video) -> None:
    Client().get(LIST)

    assert strangers.ANSWERS.kept == {}
    assert Client().get(LIST)["Cache-Control"] == "private, no-cache"
