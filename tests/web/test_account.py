"""The pages on which people keep their account in order: theirs, and nobody else's."""

from __future__ import annotations

import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from antenne.accounts.models import AccessToken, DataExport, Erasure, Person, Preferences
from antenne.accounts.scopes import Scope
from antenne.accounts.selectors import (
    security_of,
    signed_in_of,
    tokens_of,
)
from antenne.accounts.services import export_ask
from antenne.accounts.services.exporting import export_make
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from tests.cast import PASSWORD, login_of
from tests.factories.accounts import token_holder, token_make
from tests.web.pages import client_of

PAGES = [
    "/account",
    "/account/preferences",
    "/account/security",
    "/account/sessions",
    "/account/tokens",
    "/account/data",
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/recovery-codes/generate/",
    "/account/connections/",
]
DEEDS = [
    "/account/picture",
    "/account/sessions/others/end",
    "/account/sessions/1/end",
    "/account/tokens/make",
    "/account/tokens/01890a5d-ac96-774b-bcce-b302099a8057/revoke",
    "/account/data/export",
    "/account/data/leave",
]


def signed_in_client(person: Person) -> Client:
    """Return a browser in which somebody has signed in by themselves, just now."""
    client = Client()
    client.post("/sign-in", {"login": login_of(person).email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, alice: Person, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in")
    assert signed_in_client(alice).get(path, follow=True).status_code == 200


@pytest.mark.parametrize("path", DEEDS)
def test_a_stranger_changes_nothing(client: Client, alice: Person, path: str) -> None:
    assert client.post(path, {"handle": "alice", "name": "x"}).status_code == 302
    assert client.get(path).status_code in {302, 405}

    assert not AccessToken.objects.exists()
    assert not Erasure.objects.exists()
    assert not DataExport.objects.exists()


def test_nobody_touches_what_is_somebody_elses(alice: Person, bob: Person) -> None:
    secret, mine = token_make(alice), signed_in_client(alice)
    session = signed_in_of(login_of(alice), session_key=None)[0]
    export = export_ask(user=login_of(alice))
    export_make(export_id=export.pk)
    token = tokens_of(login_of(alice)).get()
    theirs = signed_in_client(bob)

    assert theirs.post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    assert theirs.post(f"/account/sessions/{session.id}/end").status_code == 404
    assert theirs.get(f"/account/data/exports/{export.pk}").status_code == 404

    assert token_holder(secret) == login_of(alice)
    assert mine.get("/account/sessions").status_code == 200
    assert mine.get(f"/account/data/exports/{export.pk}").headers["Location"].endswith(".zip")


def test_a_token_is_shown_once(alice: Person) -> None:
    client = signed_in_client(alice)

    page = client.post(
        "/account/tokens/make", {"name": "script", "scopes": ["videos"], "days": "30"}
    ).content.decode()

    secret = page.split('value="ant_', 1)[1].split('"', 1)[0]
    assert token_holder(f"ant_{secret}") == login_of(alice)
    assert AccessToken.objects.get().expires_at is not None
    assert secret not in client.get("/account/tokens").content.decode()


def test_the_list_says_what_each_token_may_do(alice: Person) -> None:
    token_make(alice, scopes=["videos", "read"])

    page = signed_in_client(alice).get("/account/tokens").content.decode()

    assert f'<p class="entry__meta">{Scope.READ.label} · {Scope.VIDEOS.label}</p>' in page


@pytest.mark.parametrize("scopes", [[], ["desk"], ["read", "desk"], ["all"]])
def test_no_token_is_made_that_may_do_nothing_or_run_the_site_for_others(
    alice: Person, scopes: list[str]
) -> None:
    client = signed_in_client(alice)

    page = client.post("/account/tokens/make", {"name": "script", "scopes": scopes})

    assert 'class="field__error"' in page.content.decode()
    assert not AccessToken.objects.exists()


def test_the_desk_is_offered_to_those_who_run_the_site(alice: Person, mona: Person) -> None:
    for person, offered in ((alice, False), (mona, True)):
        page = signed_in_client(person).get("/account/tokens").content.decode()
        assert (str(Scope.DESK.label) in page) is offered


def test_who_did_not_just_sign_in_is_asked_again(alice: Person) -> None:
    client = client_of(alice)

    response = client.post("/account/tokens/make", {"name": "script", "scopes": ["read"]})

    assert response.headers["Location"].startswith("/account/reauthenticate/")
    assert not AccessToken.objects.exists()
    client.post(response.headers["Location"], {"password": PASSWORD})
    assert AccessToken.objects.get().name == "script"


def test_one_is_signed_out_there_or_everywhere_else(alice: Person) -> None:
    here, there, yonder = (signed_in_client(alice) for _browser in range(3))
    session = signed_in_of(login_of(alice), session_key=there.session.session_key)[0]

    here.post(f"/account/sessions/{session.id}/end")
    assert there.get("/account").status_code == 302
    assert yonder.get("/account").status_code == 200

    here.post("/account/sessions/others/end")
    assert yonder.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_a_new_password_signs_others_out(alice: Person) -> None:
    here, there = signed_in_client(alice), signed_in_client(alice)
    fresh = "another good sentence"

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )

    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_preferences_follow_the_person(alice: Person) -> None:
    client = client_of(alice)

    client.post("/account/preferences", {"language": "fr", "sensitive": "hide", "autoplay": "on"})

    kept = Preferences.objects.get(person=alice)
    assert (kept.language, kept.sensitive, kept.autoplay, kept.data_saver) == (
        "fr",
        "hide",
        True,
        False,
    )
    assert 'lang="fr"' in client.get("/account/preferences").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"language": "xx"}, {"sensitive": "everything"}, {"sensitive": ""}]
)
def test_what_cannot_be_chosen_is_refused(alice: Person, wrong: dict[str, str]) -> None:
    client_of(alice).post("/account/preferences", {"language": "", "sensitive": "ask", **wrong})

    assert not Preferences.objects.exists()


def picture(size: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    into = io.BytesIO()
    Image.new("RGB", size, "#c2310b").save(into, "PNG")
    return SimpleUploadedFile("me.png", into.getvalue())


def test_a_picture_is_written_anew_and_replaces_the_one_before(alice: Person) -> None:
    client = client_of(alice)
    client.post("/account/picture", {"image": picture()})
    alice.refresh_from_db()
    data = storage_open(environment()).get(f"media/{alice.picture_folder}/{alice.avatar}")

    page = client.get("/").content.decode()
    client.post("/account/picture")

    with Image.open(io.BytesIO(data)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (300, 300))
    assert alice.avatar in page
    alice.refresh_from_db()
    assert alice.avatar == ""


@pytest.mark.parametrize(
    "file",
    [SimpleUploadedFile("me.svg", b"<svg/>"), SimpleUploadedFile("me.png", b"x" * 5_000_001)],
)
def test_what_is_no_picture_is_refused(alice: Person, file: SimpleUploadedFile) -> None:
    page = client_of(alice).post("/account/picture", {"image": file}, follow=True).content.decode()

    alice.refresh_from_db()
    assert alice.avatar == ""
    assert "image" in page


def test_leaving_needs_the_handle(alice: Person) -> None:
    client = signed_in_client(alice)

    client.post("/account/data/leave", {"handle": "bob"})
    assert not Erasure.objects.exists()
    page = client.post("/account/data/leave", {"handle": "@Alice"}).content.decode()

    assert "You are signed out" in page
    assert Erasure.objects.get().user == login_of(alice)
    assert client.get("/account").status_code == 302


def test_an_authenticator_app_is_asked_for_and_its_secret_is_sealed(alice: Person) -> None:
    client = signed_in_client(alice)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = page.split('id="key" value="', 1)[1].split('"', 1)[0]
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))

    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    client.post("/account/2fa/totp/activate/", {"code": code})

    assert "field__error" in wrong.content.decode()
    assert secret not in str(Authenticator.objects.values())
    assert "/account/2fa/authenticate/" in signed_in_page(alice)
    assert security_of(login_of(alice)).recovery_left == 10


def signed_in_page(person: Person) -> str:
    """Return where somebody is led who has given the right password."""
    said = {"login": login_of(person).email, "password": PASSWORD}
    return Client().post("/sign-in", said).headers["Location"]
