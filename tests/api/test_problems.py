"""Every refusal is a problem document, whatever was sent."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from antenne.accounts.models import Person
from antenne.api.v1.callers import REFUSED_RATE
from antenne.catalog.models import Channel, Video
from antenne.custody.models import Hosting
from antenne.kernel.clock import now
from tests.api.callers import ROOT, Calls, kept, refused, said
from tests.cast import PASSWORD, login_of

pytestmark = pytest.mark.django_db
HUGE = "é" * 30_000
BEGIN = {"filename": "a.mp4"}


@pytest.fixture
def calls(alice: Person) -> Calls:
    """Alice's own calls."""
    return Calls(alice)


@pytest.mark.parametrize(
    ("path", "body", "location"),
    [
        ("/videos", {}, "body.filename"),
        ("/videos", {**BEGIN, "title": ""}, "body.title"),
        ("/videos", {**BEGIN, "title": HUGE}, "body.title"),
        ("/videos", {**BEGIN, "title": "a\x00b"}, "body.title"),
        ("/videos", {**BEGIN, "title": 7}, "body.title"),
        ("/videos", {**BEGIN, "filename": "\ud800"}, "body.filename"),
        ("/videos", {**BEGIN, "size_bytes": 0}, "body.size_bytes"),
        ("/videos", {**BEGIN, "size_bytes": 10**40}, "body.size_bytes"),
        ("/videos", {**BEGIN, "size_bytes": "many"}, "body.size_bytes"),
        ("/videos", {**BEGIN, "visibility": "secret"}, "body.visibility"),
        ("/videos", {**BEGIN, "publish_at": "tomorrow"}, "body.publish_at"),
        ("/videos", {**BEGIN, "publish_at": "2030-01-01T00:00:00"}, "body.publish_at"),
        ("/videos", {**BEGIN, "publish_at": "9999-12-31T23:59:59-12:00"}, "body.publish_at"),
        ("/videos", {**BEGIN, "channel": "../alice"}, "body.channel"),
        ("/videos", {**BEGIN, "unknown": 1}, "body.unknown"),
        ("/channels", {"name": "Birds", "handle": "a\x00"}, "body.handle"),
        ("/tokens", {"name": "x" * 81}, "body.name"),
        ("/imports", {"url": "file:///etc/passwd"}, "body.url"),
        ("/imports", {"url": "https://example.org/\x00"}, "body.url"),
        ("/imports", {"url": "https://" + "a" * 3000}, "body.url"),
    ],
)
def test_a_value_that_does_not_fit_is_named(
    calls: Calls, path: str, body: dict[str, Any], location: str
) -> None:
    before = kept()

    problem = refused(calls("POST", path, body), 422, "invalid")

    assert [fault["location"] for fault in problem["errors"]] == [location]
    assert kept() == before


@pytest.mark.parametrize("data", ["{", "nothing", '{"name": NaN', "[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_refused(alice: Person, data: str | bytes) -> None:
    response = Calls(alice).raw("/tokens", data, content_type="application/json")

    assert response.status_code in (400, 422)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [[], "text", 7, [[]], {"name": {}}, {"name": None}])
def test_json_of_another_shape_is_refused(calls: Calls, body: object) -> None:
    refused(calls("POST", "/tokens", body), 422, "invalid")


@pytest.mark.parametrize(
    "query",
    [
        "size=0",
        "size=101",
        "size=many",
        "size=" + "9" * 5000,
        "cursor=nonsense",
        "cursor=W10",
        "cursor=WyIyMDI2LTAxLTAxIiw1XQ",
        "cursor=%00",
        "cursor=%FF",
        "cursor=" + "A" * 301,
        "page=2",
        "size=10&%00=1",
    ],
)
def test_a_list_refuses_what_it_does_not_know(calls: Calls, query: str) -> None:
    problem = refused(calls.get(f"/videos?{query}"), 422, "invalid")

    assert problem["errors"][0]["location"].startswith("query.")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/videos/x%00",
        "/videos/%F0%9F%A6%A2",
        "/channels/%00",
        "/uploads/7",
        "/uploads/%0A",
        "/",
    ],
)
def test_an_address_that_leads_nowhere_is_not_found(calls: Calls, path: str) -> None:
    refused(calls.get(path), 404, "not-found")


@pytest.mark.parametrize(
    "path", ["/me", "/videos", "/uploads/01890a5d-ac96-774b-bcce-b302099a8057"]
)
def test_a_method_that_is_not_known_is_refused_with_those_that_are(calls: Calls, path: str) -> None:
    response = calls("PUT", path, {})

    refused(response, 405, "method-not-allowed")
    assert "GET" in response["Allow"]


def test_another_content_type_is_refused(calls: Calls) -> None:
    response = calls.raw("/tokens", "name=a", content_type="application/x-www-form-urlencoded")

    refused(response, 415, "unsupported-media-type")
    assert response["Accept"] == "application/json"


def test_a_body_that_is_too_large_is_refused_before_it_is_read(calls: Calls) -> None:
    response = calls.raw("/tokens", "x" * 300_000, content_type="application/json")

    refused(response, 413, "too-large")


def test_a_token_that_does_not_hold_is_refused_where_a_stranger_would_be_served(
    video: Video,
) -> None:
    response = Client().get(f"{ROOT}/videos", headers={"Authorization": "Bearer ant_guessed"})

    refused(response, 401, "signed-out")  # type: ignore[arg-type] # the test client's subclass
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_guessing_tokens_is_slowed_down(db: None) -> None:
    client = Client(headers={"Authorization": "Bearer ant_guessed"})
    with time_machine.travel(now(), tick=False):
        asked = [client.get(f"{ROOT}/me") for _time in range(REFUSED_RATE.limit + 1)]

    assert [answer.status_code for answer in asked] == [401] * REFUSED_RATE.limit + [429]
    assert int(asked[-1]["Retry-After"]) > 0


def test_a_session_needs_the_page_s_token_for_a_change(alice: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(login_of(alice))
    before = kept()

    read = client.get(f"{ROOT}/me")
    write = client.post(f"{ROOT}/channels", {"name": "Birds"}, content_type="application/json")

    assert (read.status_code, read.json()["handle"]) == (200, "alice")
    refused(write, 403, "csrf")  # type: ignore[arg-type] # the test client's subclass
    assert kept() == before


def test_a_session_with_the_page_s_token_may_change_things(alice: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(login_of(alice))
    token = "a" * 32
    client.cookies["csrftoken"] = token

    response = client.post(
        f"{ROOT}/channels",
        {"name": "Birds"},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert response.status_code == 201


def test_something_broken_is_a_problem_too(calls: Calls, channel: Channel) -> None:
    Hosting.objects.all().delete()
    before = kept()

    problem = refused(calls("POST", "/videos", BEGIN), 500, "broken")

    assert PASSWORD not in str(problem)
    assert "RegionMissing" not in str(problem)
    assert kept() == before


def test_titles_are_in_the_caller_s_language(calls: Calls) -> None:
    english = said(calls.get("/nothing", Accept_Language="en"))
    french = said(calls.get("/nothing", Accept_Language="fr"))

    assert english["title"] == "There is nothing here"
    assert french["title"] == "Il n’y a rien ici"  # noqa: RUF001 - as French is written
