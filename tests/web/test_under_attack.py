"""What a stranger writes into a request never decides where others are led."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings

from antenne.accounts.models import Mail, Person, User
from antenne.custody.settings import SignUpSettings
from antenne.kernel.environment import environment
from antenne.kernel.hosts import host_is_near
from antenne.web.account import adapter
from antenne.web.account.adapter import site_url
from antenne.web.entrance import came_from
from antenne.web.prose import without_chapters
from tests.cast import PASSWORD, login_of
from tests.custody.proving import say
from tests.factories.accounts import link_sent
from tests.web.pages import client_of


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("http://testserver/v/abc?t=4", "/v/abc?t=4"),
        ("http://testserver//evil.example/", "/otherwise"),
        ("http://testserver///evil.example/", "/otherwise"),
        ("http://testserver/\\evil.example/", "/otherwise"),
        ("http://testserver/\\\\evil.example/", "/otherwise"),
        ("http://evil.example/v/abc", "/otherwise"),
        ("javascript:alert(1)", "/otherwise"),
        ("", "/otherwise"),
    ],
)
def test_a_form_leads_back_to_a_page_of_ours(page: str, expected: str) -> None:
    request = RequestFactory().post("/", headers={"Referer": page})

    assert came_from(request, "/otherwise") == expected


@pytest.mark.parametrize(
    ("hosts", "near"),
    [
        (("localhost", "nas", "nas.local", "127.0.0.1", "192.168.1.7", "::1"), "near"),
        (("evil.example", "evil.local.example", "8.8.8.8", "evil.example."), "far"),
    ],
)
def test_names_of_this_network_are_told_from_those_of_the_world(
    hosts: tuple[str, ...], near: str
) -> None:
    assert {host_is_near(host) for host in hosts} == {near == "near"}


@override_settings(ALLOWED_HOSTS=["*"])
def test_a_letter_leads_to_the_site_whatever_host_a_stranger_names(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = replace(environment(), public_url="")
    monkeypatch.setattr(adapter, "environment", lambda: ours)
    for host, root in (("evil.example", ours.web_url), ("nas.local:8000", "http://nas.local:8000")):
        request = RequestFactory().get("/", headers={"Host": host})
        assert site_url(request) == root

    Client().post(
        "/account/password/reset/",
        {"email": login_of(alice).email},
        headers={"Host": "evil.example"},
    )
    letter = Mail.objects.get(address=login_of(alice).email)
    assert "evil.example" not in letter.text + letter.html
    assert link_sent(letter.address).startswith("/account/password/reset/key/")


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is worked on: what a clock would tell a stranger."""

    algorithm = "counting"
    worked = 0

    def encode(self, password: str, salt: str) -> str:
        """Count, and hash."""
        CountingHasher.worked += 1
        return super().encode(password, salt)


def test_an_unknown_address_costs_as_much_work_as_a_known_one(alice: Person) -> None:
    with override_settings(PASSWORD_HASHERS=["tests.web.test_under_attack.CountingHasher"]):
        user = login_of(alice)
        user.set_password("a long enough one")
        user.save()
        worked = []
        for email in (user.email, "nobody@example.org"):
            before = CountingHasher.worked
            said = {"email": email, "password": "wrong"}
            assert AuthenticationBackend().authenticate(None, **said) is None
            worked.append(CountingHasher.worked - before)

    assert worked == [1, 1]


def test_to_sign_up_with_a_known_address_costs_as_much_work_as_with_a_new_one(
    alice: Person,
) -> None:
    say(SignUpSettings, mode="open", terms_required=False)
    said, worked = {"name": "Dora", "password1": "a long enough one"}, []
    with override_settings(PASSWORD_HASHERS=["tests.web.test_under_attack.CountingHasher"]):
        for email in (login_of(alice).email, "dora@example.org"):
            before = CountingHasher.worked
            answer = Client().post("/sign-up", {**said, "email": email})
            assert answer.headers["Location"] == "/account/confirm-email/"
            worked.append(CountingHasher.worked - before)

    assert worked == [1, 1]


def test_failing_under_many_names_does_not_forget_how_often_one_has_failed(alice: Person) -> None:
    def tried(email: str, password: str) -> bool:
        Client().post("/sign-in", {"login": email, "password": password})
        return bool(User.objects.exclude(last_login=None).filter(email=email).exists())

    for _each in range(5):
        tried("alice@example.org", "wrong")
    for number in range(400):  # as if from as many addresses
        cache.set(f"somebody-{number}", 1, 300)

    assert not tried("alice@example.org", PASSWORD)
    cache.clear()
    assert tried("alice@example.org", PASSWORD)


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\t//evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
    ],
)
def test_whoever_signs_in_stays_on_the_site(alice: Person, place: str) -> None:
    said = {"login": "alice@example.org", "password": PASSWORD, "next": place}

    assert Client().post("/sign-in", said).headers["Location"] == "/"


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site whose address is said."""
    monkeypatch.setenv("ANTENNE_PUBLIC_URL", "https://harbour.example")
    environment.cache_clear()
    with override_settings(ALLOWED_HOSTS=["*"]):
        yield
    monkeypatch.undo()
    environment.cache_clear()


HOSTS = (
    ("harbour.example", 200),
    ("HARBOUR.example:443", 200),
    ("harbour.example.", 200),
    ("127.0.0.1:8000", 200),
    ("web:8000", 200),
    ("[::1]:8000", 200),
    ("evil.example", 400),
    ("harbour.example.evil.example", 400),
    ("8.8.8.8", 400),
    ("[::::1.2]", 400),
)


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_a_site_with_a_name_answers_to_no_other(
    alice: Person, named: None, host: str, status: int
) -> None:
    browser = Client(headers={"host": host}, raise_request_exception=False)

    assert browser.get("/channels").status_code == status
    assert browser.get("/healthz").status_code == 200
    if status == 200:
        page = browser.get("/channels").content.decode()
        assert '<link rel="canonical" href="https://harbour.example/channels">' in page


@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "192.168.1.7:8000", "nas.fritz.box:8000"])
def test_a_site_without_a_name_answers_to_every_one(region: None, host: str) -> None:
    page = Client(headers={"host": host}).get("/channels")

    assert page.status_code == 200
    assert f'<link rel="canonical" href="http://{host}/channels">' in page.content.decode()


@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize("host", ["[::::1.2]", "a_b", "a/../b", "a b", "\x00"])
def test_a_host_that_is_none_is_refused(region: None, host: str) -> None:
    browser = Client(headers={"host": host}, raise_request_exception=False)

    assert browser.get("/channels").status_code == 400


def test_a_description_of_blanks_is_read_through_once() -> None:
    """It would be divided in every way there is, on every page that shows it."""
    line = "0:00" + " " * 400_000

    assert without_chapters(f"Swans\n{line}\n0:00 - Dawn") == f"Swans\n{line}".strip()


@pytest.mark.parametrize(
    ("address", "who", "megabytes", "status"),
    [
        ("/sign-in", "", 33, 413),
        ("/hub", "", 33, 413),
        ("/studio/videos/x/sound", "", 200, 413),
        ("/studio/videos/x/sound", "alice", 200, 403),  # read, and found to have no token
        ("/studio/videos/x/sound", "alice", 400, 413),
        ("/account/picture", "alice", 33, 413),
        ("/c/alice/posts/new", "alice", 60, 403),
        ("/c/alice/posts/new", "alice", 90, 413),
        ("/api/v1/videos/x/sounds", "", 400, 413),
    ],
)
def test_what_is_too_large_is_refused_unread(
    alice: Person, address: str, who: str, megabytes: int, status: int
) -> None:
    browser = client_of(alice if who else None)
    browser.handler.enforce_csrf_checks = True
    length = str(megabytes * 1024**2)

    answer = browser.post(address, {"file": "x"}, CONTENT_LENGTH=length)

    assert answer.status_code == status


@pytest.mark.parametrize("address", ["/", "/studio", "/nothing", "/account"])
def test_a_page_of_somebodys_is_kept_by_nobody_between(alice: Person, address: str) -> None:
    page = client_of(alice).get(address)

    assert "private" in page.headers["Cache-Control"]
