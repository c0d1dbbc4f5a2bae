"""What a token may do is what it was made for: every operation of the document is asked."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from antenne.accounts.models import AccessToken, Person
from antenne.accounts.scopes import Scope
from antenne.api.v1.scopes import scopes_asked, scopes_of
from antenne.api.v1.urls import document
from antenne.catalog.models import Video
from antenne.kernel.models import RateCount
from tests.api.callers import Calls, kept, refused, said
from tests.cast import PASSWORD, login_of
from tests.factories.accounts import token_make
from tests.web.pages import client_of

OPERATIONS = [
    (method, path, operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
]


def calls_of(person: Person, *scopes: str) -> Calls:
    """Return the API as a program of a person's sees it that may do only this."""
    return Calls(person, scopes=scopes)


def somewhere(path: str) -> str:
    """Return an address of this kind at which there is nothing."""
    number = str(uuid4())
    return re.sub(r"\{[^}]*\}", number, path.removeprefix("/api/v1"))


def test_every_operation_says_which_scope_it_needs() -> None:
    bare = [f"{method} {path}" for method, path, each in OPERATIONS if not scopes_asked(each)]

    assert bare == [], "name their resource in antenne/api/v1/scopes.py"


def test_an_operation_that_nobody_named_is_closed_to_tokens() -> None:
    assert scopes_of("get", {"operationId": "new", "tags": ["new"]}) == ()
    assert scopes_of("post", {"operationId": "new"}) == ()
    assert scopes_of("post", {"operationId": "search_change", "tags": ["search"]}) == ()


@pytest.mark.parametrize("scope", Scope.values)
def test_no_operation_is_done_by_a_token_without_its_scope(mona: Person, scope: str) -> None:
    calls, before = calls_of(mona, scope), kept()

    for method, path, operation in OPERATIONS:
        RateCount.objects.all().delete()  # of rates speaks another test
        asked = scopes_asked(operation)
        if scope in asked:
            continue
        response = calls(method.upper(), somewhere(path))

        assert response.status_code in {403, 415}, (method, path, response.content)
        if response.status_code == 403:
            challenge = f'Bearer error="insufficient_scope", scope="{" ".join(sorted(asked))}"'
            assert response["WWW-Authenticate"] == challenge, (method, path)
    assert kept() == before


def test_every_reading_is_open_to_a_token_with_its_scope(mona: Person) -> None:
    for scope in Scope.values:
        calls = calls_of(mona, scope)
        for method, path, operation in OPERATIONS:
            if method == "get" and scope in scopes_asked(operation):
                RateCount.objects.all().delete()
                response = calls.get(somewhere(path))
                assert response.status_code in {200, 404, 422}, (scope, path, response.content)


def test_a_token_for_uploads_neither_comments_nor_runs_the_site(mona: Person, video: Video) -> None:
    calls = calls_of(mona, "videos")

    assert calls.get("/me/videos").status_code == 200
    begun = calls("POST", "/videos", {"filename": "swans.mp4", "size_bytes": 1000})
    assert begun.status_code == 201
    said_there = calls("POST", f"/videos/{video.public_id}/comments", {"text": "Geese."})
    problem = refused(said_there, 403, "forbidden")
    assert "community" in problem["detail"]
    refused(calls.get("/jobs/given-up"), 403, "forbidden")
    refused(calls.get("/tokens"), 403, "forbidden")


def test_a_page_of_the_site_has_every_scope(mona: Person) -> None:
    client = client_of(mona)

    assert client.get("/api/v1/jobs/given-up").status_code == 200
    assert client.get("/api/v1/tokens").status_code == 200


def test_a_page_makes_a_token_only_for_somebody_who_has_just_signed_in(mona: Person) -> None:
    stale, fresh = client_of(mona), client_of(mona)
    fresh.post("/account/reauthenticate/", {"password": PASSWORD})
    asked = {"name": "script"}

    refusal = stale.post("/api/v1/tokens", asked, content_type="application/json")
    assert (refusal.status_code, refusal["Content-Type"]) == (403, "application/problem+json")
    assert not AccessToken.objects.exists()
    made = fresh.post("/api/v1/tokens", asked, content_type="application/json")
    assert made.status_code == 201


def test_a_token_does_not_open_what_only_strangers_are_let_into(video: Video, bob: Person) -> None:
    path = f"/videos/{video.public_id}"

    assert Calls().get(path).status_code == 200
    refused(calls_of(bob, "account").get(path), 403, "forbidden")


def test_a_token_made_by_a_program_reads_unless_told(alice: Person) -> None:
    made = said(Calls(alice)("POST", "/tokens", {"name": "script"}))

    assert made["scopes"] == ["read"]
    assert AccessToken.objects.get(name="script").scopes == ["read"]


def test_a_program_makes_no_token_that_may_do_more_than_itself(alice: Person) -> None:
    calls, before = calls_of(alice, "account", "videos"), AccessToken.objects.count()

    for scopes in (["read"], ["community", "videos"], ["desk"]):
        refused(calls("POST", "/tokens", {"name": "script", "scopes": scopes}), 422, "refused")

    assert AccessToken.objects.count() == before
    made = calls("POST", "/tokens", {"name": "script", "scopes": ["videos", "account"]})
    assert said(made)["scopes"] == ["videos", "account"]


def test_only_who_runs_the_site_gives_the_desk_away(alice: Person, mona: Person) -> None:
    asked = {"name": "script", "scopes": ["desk"]}

    refused(Calls(alice)("POST", "/tokens", asked), 422, "refused")
    assert Calls(mona)("POST", "/tokens", asked).status_code == 201
    assert not AccessToken.objects.filter(user=login_of(alice), name="script").exists()


def test_a_token_from_before_there_were_scopes_keeps_everything(mona: Person) -> None:
    secret = token_make(mona, scopes=["read"])
    AccessToken.objects.update(scopes=AccessToken._meta.get_field("scopes").db_default)
    client = Client(headers={"Authorization": f"Bearer {secret}"})

    assert AccessToken.objects.get().scopes == list(Scope.values)
    assert client.get("/api/v1/jobs/given-up").status_code == 200
