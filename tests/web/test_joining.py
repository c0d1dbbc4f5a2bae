"""Signing up on the pages: what is asked, what is sent, and what a stranger learns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client

from antenne.accounts.models import Mail, Person, User
from antenne.accounts.selectors import language_of, sign_up_requests
from antenne.accounts.services import invitation_make, sign_up_approve
from antenne.kernel.environment import environment
from tests.cast import PASSWORD, login_of
from tests.factories.accounts import code_sent, link_sent, mode_set
from tests.web.pages import client_of

ADDRESS = "dora@example.org"
DORA = {"name": "Dora", "email": ADDRESS, "password1": PASSWORD}


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def enter_code(client: Client, address: str = ADDRESS) -> HttpResponse:
    response = client.post("/account/confirm-email/", {"code": code_sent(address)})
    assert isinstance(response, HttpResponse)
    return response


def test_a_newcomer_signs_up_with_the_code_of_a_letter(client: Client, region: None) -> None:
    mode_set("open")

    response = client.post("/sign-up?next=/upload", DORA)

    assert response.headers["Location"].startswith("/account/confirm-email/")
    assert not signed_in(client)
    assert enter_code(client).headers["Location"] == "/upload"
    assert signed_in(client)
    person = Person.objects.get()
    assert (person.name, person.handle) == ("Dora", "dora")
    assert EmailAddress.objects.get().verified


def test_a_wrong_code_lets_nobody_in(client: Client, region: None) -> None:
    mode_set("open")
    client.post("/sign-up", DORA)

    for _time in range(3):
        client.post("/account/confirm-email/", {"code": "AAAA-AAAA"})

    right = code_sent(ADDRESS)
    client.post("/account/confirm-email/", {"code": right})
    assert not signed_in(client)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_stranger_does_not_learn_who_has_an_account(alice: Person) -> None:
    mode_set("open")
    known, unknown = Client(), Client()

    taken = known.post("/sign-up", {**DORA, "email": "alice@example.org"}, follow=True)
    free = unknown.post("/sign-up", DORA, follow=True)

    assert taken.redirect_chain == free.redirect_chain
    assert (taken.status_code, free.status_code) == (200, 200)
    assert Mail.objects.get(address="alice@example.org").kind == "account.account_already_exists"
    assert Person.objects.filter(user__email="alice@example.org").get() == alice


def test_recovery_says_the_same_to_everybody(alice: Person) -> None:
    answers = [
        Client().post("/account/password/reset/", {"email": address}, follow=True)
        for address in ("alice@example.org", "nobody@example.org")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert Mail.objects.get(address="alice@example.org").kind == "account.password_reset_key"
    page = Client().get("/account/password/reset/").content.decode()
    assert ">E-mail address</label>" in page
    assert "placeholder" not in page.partition("<main")[2]
    assert Mail.objects.get(address="nobody@example.org").kind == "account.unknown_account"


def test_a_forgotten_password_is_replaced_by_the_link_of_a_letter(alice: Person) -> None:
    elsewhere, client = client_of(alice), Client()
    elsewhere.get("/account/security")
    client.post("/account/password/reset/", {"email": "alice@example.org"})
    link = link_sent("alice@example.org")
    form = client.get(link, follow=True)
    place = form.redirect_chain[-1][0]
    fresh = "another good sentence"

    client.post(place, {"password1": fresh, "password2": fresh})

    assert User.objects.get().check_password(fresh)
    assert elsewhere.get("/account/security").status_code == 302
    again = Client().get(link, follow=True)
    assert "no longer holds" in again.content.decode()


def test_a_link_in_a_letter_leads_where_the_operator_says(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = replace(environment(), public_url="https://site.example")
    monkeypatch.setattr("antenne.web.account.adapter.environment", lambda: ours)

    Client().post(
        "/account/password/reset/", {"email": "alice@example.org"}, headers={"host": "evil.example"}
    )

    text = Mail.objects.get().text
    assert "https://site.example/account/password/reset/key/" in text
    assert "evil.example" not in text


def test_a_closed_site_says_so(client: Client, region: None) -> None:
    page = client.get("/sign-up").content.decode()
    client.post("/sign-up", DORA)
    client.post("/account/signup/", DORA)

    assert "No new accounts" in page
    assert "/sign-up" not in client.get("/").content.decode()
    assert not User.objects.exists()


def test_an_approved_person_is_let_in_and_not_before(client: Client, mona: Person) -> None:
    mode_set("approval")
    client.post("/sign-up", {**DORA, "message": "Swans."})
    assert enter_code(client).headers["Location"] == "/sign-up/waiting"
    assert not signed_in(client)

    sign_up_approve(by=mona, request_id=sign_up_requests().get().pk)
    client.post("/sign-in", {"login": ADDRESS, "password": PASSWORD})

    assert signed_in(client)


def test_a_guest_with_a_verified_address_is_in_at_once(client: Client, mona: Person) -> None:
    mode_set("invitation")
    link = invitation_make(by=mona, url="/invitation/{}", address=ADDRESS)
    assert client.get("/sign-up").content.decode().count("<form") < 3

    form = client.get(link, follow=True)
    assert ADDRESS in form.content.decode()
    client.post("/sign-up", DORA)

    assert signed_in(client)
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"},
        {"email": "dora@elsewhere.example"},
        {"password1": "short"},
        {"handle": "alice"},
        {"handle": "x" * 300},
        {"name": ""},
        {"name": "\x00"},
        {"terms": ""},
    ],
)
def test_a_form_that_cannot_be_accepted_says_why(alice: Person, wrong: dict[str, str]) -> None:
    mode_set("open", domains=("example.org",), terms=True)

    response = Client().post("/sign-up", {**DORA, "terms": "on", **wrong})

    assert response.status_code == 200
    assert "field__error" in response.content.decode()
    assert User.objects.get() == login_of(alice)


def test_guessing_a_password_ends_soon(alice: Person) -> None:
    client = Client()
    for _time in range(5):
        client.post("/sign-in", {"login": "alice@example.org", "password": "vinegar and salt"})

    client.post("/sign-in", {"login": "alice@example.org", "password": PASSWORD})

    assert not signed_in(client)


def test_letters_are_in_the_language_in_which_somebody_signed_up(region: None) -> None:
    mode_set("open")

    Client().post("/sign-up", DORA, headers={"accept-language": "fr"})

    user = User.objects.get(email="dora@example.org")
    assert (user.language, language_of(user)) == ("fr", "fr")
    assert 'lang="fr"' in Mail.objects.latest("created_at").html
