"""Who may go where: each page, each of the cast, and nothing changed where they may not.

A page that is not in `tests.web.places` fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import cast
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from antenne.accounts.models import Person
from tests.api.operations import Form
from tests.cast import PASSWORD
from tests.factories.world import CAST, World, nowhere, undone, written
from tests.web.pages import client_of
from tests.web.places import (
    CAPTION_FILE,
    FORBIDDEN,
    IN_VAIN,
    MAY,
    MISSING,
    OIDC,
    PLACES,
    RESET_KEY,
    SIGN_IN,
    Place,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# There is nothing, it is not known there, or it is led to where the form stands.
NOT_DONE = (404, 405, 302, 303)
# Whoever looks here has seen it.
GO_ON = ("notifications", "notifications/<uuid:key>")
CHANCE = re.compile(r'nonce="[^"]+"|data-events="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"')
HIDDEN = [
    place
    for place in PLACES
    if place.outcomes[CAST.index("charlie")] == MISSING and MAY in place.outcomes
]
# What a part of a route is filled with, where a row says nothing else.
USUAL = {
    "handle": "channel",
    "public_id": "public",
    "key": "comment",
    "person_id": "helper",
    "dub_id": "sound",
    "request_id": "sign_up",
    "number": "job",
    "video_id": "public_key",
}
_PLAYLIST = (
    *("", "/shuffle", "/edit", "/remove", "/helpers", "/helpers/<uuid:person_id>/remove"),
    *("/items/<uuid:item_id>/move", "/items/<uuid:item_id>/drop"),
)
PLAIN = {"form": "rss.xml", "kind": "video", "year": "2026", "month": "1", "part": "1", "pk": "1"}
FILLED = {
    **{f"playlists/<str:public_id>{rest}": {"public_id": "playlist"} for rest in _PLAYLIST},
    "desk/settings/<str:key>": {"key": "setting"},
    "desk/settings/<str:key>/versions": {"key": "setting"},
    "report/<str:kind>/<str:key>": {"key": "public"},
}
# Routes that are patterns, or that need a question.
PATTERNS = {
    "^(?P<page>about|terms|privacy)$": "about",
    CAPTION_FILE: "studio/videos/<public_id>/captions/<caption_id>/file.vtt",
    f"account/{RESET_KEY}": "account/password/reset/key/1-a/",
    f"account/oidc/{OIDC}": "account/oidc/nobody/login/",
    f"account/oidc/{OIDC}callback/": "account/oidc/nobody/login/callback/",
    "feeds/<str:kind>/<path:key>/<str:form>": "feeds/channel/alice/rss.xml",
    "feeds/search/<str:form>": "feeds/search/rss.xml?q=swan",
    "oembed": "oembed?url=http://testserver/v/<public_id>",
    "feeds/videos.xml": "feeds/videos.xml?channel_id=alice",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser in which somebody is signed in, or nobody; each visit begins with the same."""

    client: Client
    cookies: str

    def go(self, place: Place, address: str) -> HttpResponse:
        """Go to a place."""
        self.client.cookies = SimpleCookie(self.cookies)
        if place.method == "GET":
            return cast("HttpResponse", self.client.get(address))
        sent = place.sent.parts() if isinstance(place.sent, Form) else place.sent
        return cast("HttpResponse", self.client.post(address, sent))


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: DjangoDbBlocker) -> dict[str, Visitor]:
    """The browsers of the whole cast."""
    with django_db_blocker.unblock():
        return {name: _visitor(person) for name, person in world.people.items()}


def _visitor(person: Person | None) -> Visitor:
    client = client_of(person)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return Visitor(client, client.cookies.output(header="", sep=";"))


def named(rows: list[Place]) -> pytest.MarkDecorator:
    """Try every row, under its number and its name."""
    names = [f"{number} {row.method} {row.route}" for number, row in enumerate(rows)]
    return pytest.mark.parametrize("place", rows, ids=names)


@named(PLACES)
def test_each_of_the_cast_comes_as_far_as_they_may(
    world: World, visitors: dict[str, Visitor], place: Place
) -> None:
    address, found = address_of(place, world.ids), {}
    place = filled(place, world.ids)
    expected = dict(zip(CAST, place.outcomes, strict=True))
    for name, outcome in expected.items():
        looks = place.method == "GET" and place.route not in GO_ON
        kept = world.unchanged() if looks or outcome != MAY else nullcontext()
        with undone(), kept:
            before = written()
            response = visitors[name].go(place, address)
            idle = place.method == "POST" and written() == before
            found[name] = outcome_of(response, idle=idle)

    assert found == expected


@named(HIDDEN)
def test_what_is_not_theirs_looks_like_nothing(
    world: World, visitors: dict[str, Visitor], place: Place
) -> None:
    keys = (world.ids, {name: nowhere(key) for name, key in world.ids.items()})
    texts = []
    for ids in keys:
        address = address_of(place, ids)
        with undone():
            page = visitors["charlie"].go(filled(place, ids), address)
        texts.append(CHANCE.sub("", page.text.replace(address, "")))

    hidden, nothing = texts
    assert hidden == nothing


def test_every_page_is_tried_above() -> None:
    stated = {place.route for place in PLACES}

    untried = [route for route in routes_of(get_resolver()) if route not in stated]

    assert untried == [], "enter them in tests/web/places.py"


def test_a_method_that_is_not_stated_does_nothing(
    world: World, visitors: dict[str, Visitor]
) -> None:
    stated = {(place.method, place.route) for place in PLACES}
    others = [
        place._replace(method=method)
        for place in PLACES
        for method in ("GET", "POST")
        if (method, place.route) not in stated and not place.route.startswith("account/")
    ]
    taken = []
    for other in others:
        with undone(), world.unchanged():
            status = visitors["mona"].go(other, address_of(other, world.ids)).status_code
        if status not in NOT_DONE:
            taken.append((other.method, other.route, status))

    assert taken == []


def address_of(place: Place, ids: dict[str, str]) -> str:
    """Return a route with its parts filled; a word that is no key stands for itself."""
    keys = {**FILLED.get(place.route, {}), **place.keys}

    def part(match: re.Match[str]) -> str:
        name = match[1]
        key = keys.get(name) or USUAL.get(name) or name.removesuffix("_id")
        return quote(ids.get(key, keys.get(name, PLAIN.get(name, name))))

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", part, PATTERNS.get(place.route, place.route))


def filled(place: Place, ids: dict[str, str]) -> Place:
    """Return a place whose form names what is there."""
    if isinstance(place.sent, Form):
        return place
    return place._replace(
        sent={
            name: value.format(**ids) if isinstance(value, str) else value
            for name, value in place.sent.items()
        }
    )


def outcome_of(response: HttpResponse, *, idle: bool) -> str:
    """Return what somebody met."""
    place = response.get("Location", "")
    if place.startswith(("/sign-in", "/account/reauthenticate")) or response.status_code == 401:
        return SIGN_IN
    said = {403: FORBIDDEN, 404: MISSING}
    assert response.status_code < 500, response.content[:500]
    assert response.status_code != 405, "this method is not known there"
    return said.get(response.status_code, IN_VAIN if idle else MAY)


def routes_of(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Yield every route below a resolver but the API's, which has a table of its own."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes_of(entry, route)
        elif not route.startswith("api/v1/"):
            yield route
