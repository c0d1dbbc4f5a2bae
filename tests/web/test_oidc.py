"""Signing in with an account elsewhere, at a small site of the test's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings

from antenne.accounts.models import Person, User
from antenne.config.oidc import providers_of
from tests.cast import PASSWORD, login_of
from tests.factories.accounts import mode_set

BEGIN = "/account/oidc/our-company/login/"
DORA = {"sub": "d-1", "name": "Dora Miller", "email": "dora@example.org", "email_verified": True}


@contextmanager
def company(said: dict[str, object]) -> Iterator[None]:
    """Run a site that says of everybody who comes that they are *said*, and let it be known."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            at = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
            known: dict[str, object] = {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "userinfo_endpoint": f"{at}/me",
                "jwks_uri": f"{at}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
            self.answer(known if "well-known" in self.path else said)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer({"access_token": "a", "token_type": "Bearer"})

        def answer(self, body: dict[str, object]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    wish = f"http://antenne:secret@127.0.0.1:{server.server_port}?name=Our%20Company"
    try:
        with override_settings(SOCIALACCOUNT_PROVIDERS=providers_of(wish)):
            yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def come_back(client: Client, process: str = "login") -> str:
    """Go to the other site and come back with its code; return where one is led then."""
    page = client.post(f"{BEGIN}?process={process}")
    assert page.status_code == 200, "a page of ours leads on: forms may only be sent to ourselves"
    place = page.content.decode().split('href="http://127.0.0.1', 1)[1].split('"', 1)[0]
    state = parse_qs(urlsplit(place.replace("&amp;", "&")).query)["state"][0]
    response = client.get(f"{BEGIN}callback/", {"code": "c", "state": state})
    return response.headers.get("Location", response.content.decode())


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_newcomer_comes_from_elsewhere(client: Client, region: None) -> None:
    mode_set("open")
    with company(DORA):
        assert "Continue with Our Company" in client.get("/sign-in").content.decode()
        come_back(client)

    assert signed_in(client)
    person = Person.objects.get()
    assert (person.name, person.handle) == ("Dora Miller", "dora-miller")
    assert not login_of(person).has_usable_password()


@pytest.mark.parametrize("mode", ["closed", "invitation"])
def test_nobody_comes_from_elsewhere_into_a_closed_site(
    client: Client, region: None, mode: str
) -> None:
    mode_set(mode)
    with company(DORA):
        come_back(client)

    assert not signed_in(client)
    assert not User.objects.exists()


def test_an_address_both_know_lets_nobody_in(client: Client, alice: Person) -> None:
    mode_set("open")
    with company({**DORA, "email": "alice@example.org"}):
        come_back(client)

    assert not signed_in(client)
    assert not SocialAccount.objects.exists()
    assert Person.objects.get() == alice


def test_somebody_connects_an_account_and_comes_back_with_it(alice: Person) -> None:
    client, other = Client(), Client()
    client.post("/sign-in", {"login": "alice@example.org", "password": PASSWORD})
    with company({**DORA, "email": "else@example.org"}):
        assert come_back(client, "connect") == "/account/security"
        assert "Our Company" in client.get("/account/security").content.decode()
        come_back(other)

    assert SocialAccount.objects.get().user == login_of(alice)
    assert signed_in(other)
