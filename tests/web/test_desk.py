"""The desk: Mona runs the site; for everybody else there is nothing there."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client, override_settings

from antenne.accounts.models import Person
from antenne.custody.models import AuditEntry, SettingVersion
from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import (
    KINDS,
    CategorySettings,
    FeatureSettings,
    MailSettings,
    PagesSettings,
    SiteSettings,
)
from antenne.kernel.environment import environment
from antenne.moderation.selectors import overview
from tests.factories.pipeline import unit_given_up
from tests.web.pages import client_of

PAGES = [
    "/desk",
    "/desk/checks",
    "/desk/jobs",
    "/desk/jobs?state=todo",
    "/desk/units",
    "/desk/storage",
    "/desk/log",
    "/desk/reports",
    "/desk/reports?state=decided",
    "/desk/appeals",
    "/desk/decisions",
    "/desk/joining",
    "/desk/people",
    "/desk/people?text=a&state=suspended",
    "/desk/channels",
    "/desk/channels?text=a&sort=views",
    "/desk/videos?text=swans",
    "/desk/comments",
    "/desk/comments?reported=on",
    "/desk/versions",
    *(f"/desk/settings/{kind.KEY}" for kind in KINDS),
    *(f"/desk/settings/{kind.KEY}/versions" for kind in KINDS),
]
POSTS = [
    *(f"/desk/settings/{kind.KEY}" for kind in KINDS),
    "/desk/settings/mail/test",
    "/desk/settings/site/logo/image",
    "/desk/versions/01890a5d-ac96-774b-bcce-b302099a8057/restore",
    "/desk/joining",
    "/desk/joining/01890a5d-ac96-774b-bcce-b302099a8057/approve",
    "/desk/joining/01890a5d-ac96-774b-bcce-b302099a8057/refuse",
    "/desk/chosen/people",
    "/desk/chosen/people/quota",
    "/desk/chosen/channels",
    "/desk/chosen/videos",
    "/desk/chosen/comments",
    "/desk/channels/alice/give",
    "/desk/people/alice/operator",
    "/desk/people/alice/quota",
    "/desk/people/alice/suspend",
    "/desk/decisions/01890a5d-ac96-774b-bcce-b302099a8057/reverse",
    "/desk/appeals/01890a5d-ac96-774b-bcce-b302099a8057",
    "/desk/jobs/1/retry",
    "/desk/jobs/1/cancel",
    "/desk/units/01890a5d-ac96-774b-bcce-b302099a8057/retry",
]


@pytest.mark.parametrize("path", PAGES)
def test_mona_sees_every_page(mona: Person, path: str) -> None:
    assert client_of(mona).get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_for_alice_there_is_nothing_and_strangers_are_asked_who_they_are(
    alice: Person, path: str
) -> None:
    assert client_of(alice).get(path).status_code == 404
    assert Client().get(path)["Location"] == f"/sign-in?{urlencode({'next': path}, safe='/')}"


@pytest.mark.parametrize("path", POSTS)
def test_nobody_else_changes_anything(alice: Person, path: str) -> None:
    fields = {"name": "Mine", "comments": "", "address": "a@example.org", "reason": "mine"}

    assert client_of(alice).post(path, fields).status_code == 404
    assert Client().post(path, fields)["Location"].startswith("/sign-in?")

    assert not SettingVersion.objects.exists()
    assert not AuditEntry.objects.exists()
    assert mail.outbox == []


def form_of(client: Client, path: str) -> dict[str, str]:
    """Return what a page's first form of settings would send as it stands."""
    form = client.get(path).context["form"]
    fields = {}
    for name in form.fields:
        value = form[name].value()
        if value is True:
            fields[name] = "on"
        elif value is not None and value is not False and value != "":
            shown = form.fields[name].prepare_value(value)
            fields[name] = shown
    return fields


def test_mona_names_the_site_and_says_why(mona: Person) -> None:
    client = client_of(mona)
    path = "/desk/settings/site"

    response = client.post(path, {**form_of(client, path), "name": "Harbour", "reason": "ours"})

    assert response.headers["Location"] == path
    assert setting_of(SiteSettings).name == "Harbour"
    assert SettingVersion.objects.get().reason == "ours"
    assert "Harbour" in Client().get("/").content.decode()


@pytest.mark.parametrize("key", [kind.KEY for kind in KINDS])
def test_saving_a_screen_as_it_stands_changes_nothing_that_matters(mona: Person, key: str) -> None:
    client = client_of(mona)
    path = f"/desk/settings/{key}"
    before = {kind: setting_of(kind) for kind in KINDS if kind is not CategorySettings}

    response = client.post(path, form_of(client, path))

    assert response.status_code == 302
    assert {kind: setting_of(kind) for kind in before} == before


def test_a_refused_accent_says_why_beside_its_field(mona: Person) -> None:
    client = client_of(mona)
    path = "/desk/settings/site"

    response = client.post(path, {**form_of(client, path), "accent": "#ffcc00"})

    assert response.status_code == 200
    assert "would do." in response.context["form"].errors["accent"][0]
    assert not SettingVersion.objects.exists()


def test_the_accent_reaches_every_page_as_a_stylesheet(mona: Person) -> None:
    setting_write(value=SiteSettings(accent="#0b5cc2"), by=mona.pk)

    page = Client().get("/").content.decode()
    address = re.search(r'href="(/site\.css\?v=\d+)"', page)
    assert address is not None
    css = Client().get(address[1])

    assert "--accent:light-dark(#0b5cc2,#" in css.content.decode()
    assert "immutable" in css.headers["Cache-Control"]
    assert Client().get("/site.css?v=99").headers["Cache-Control"] == "no-cache"


def test_somebody_else_saved_in_between(mona: Person) -> None:
    client = client_of(mona)
    path = "/desk/settings/features"
    opened = form_of(client, path)
    setting_write(value=FeatureSettings(posts=False), by=mona.pk)

    response = client.post(path, {**opened, "on": "0", "groups": ""})

    assert "changed this meanwhile" in response.content.decode()
    assert setting_of(FeatureSettings).groups


def test_a_version_is_restored_from_the_list(mona: Person) -> None:
    setting_write(value=SiteSettings(name="Harbour"), by=mona.pk)
    setting_write(value=SiteSettings(name="Harlequin"), by=mona.pk)
    first = SettingVersion.objects.get(number=1)

    client_of(mona).post(f"/desk/versions/{first.pk}/restore")

    assert setting_of(SiteSettings).name == "Harbour"
    assert "Harlequin" in client_of(mona).get("/desk/versions").content.decode()


def test_the_password_of_the_mail_server_is_never_shown_and_stays(mona: Person) -> None:
    kept = MailSettings(sender="a@example.org", host="mail.example.org", password="geheim")  # noqa: S106
    setting_write(value=kept, by=mona.pk)
    client = client_of(mona)
    path = "/desk/settings/mail"
    sealed = setting_of(MailSettings).password

    page = client.get(path).content.decode()
    client.post(path, {**form_of(client, path), "port": "465", "password": ""})

    assert "geheim" not in page
    assert sealed not in page
    assert setting_of(MailSettings).password == sealed
    assert setting_of(MailSettings).port == 465


def test_a_mail_server_that_does_not_answer_is_said(mona: Person) -> None:
    client = client_of(mona)
    fields = {"address": "mona@example.org"}
    path = "/desk/settings/mail/test"

    without = client.post(path, fields, follow=True).content.decode()
    setting_write(value=MailSettings(sender="a@example.org", host="127.0.0.1", port=1), by=mona.pk)
    silent = client.post(path, fields, follow=True).content.decode()

    assert "There is no mail server yet" in without
    assert "The mail could not be sent" in silent


def test_texts_are_shown_in_the_foot_and_can_run_nothing(mona: Person) -> None:
    terms = "# Be kind\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    setting_write(value=PagesSettings(terms={"en": terms}), by=mona.pk)

    foot = Client().get("/").content.decode()
    page = Client().get("/terms").content.decode()

    assert 'href="/terms"' in foot
    assert 'href="/privacy"' not in foot
    assert "<h1>Be kind</h1>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert Client().get("/privacy").status_code == 404


def test_a_given_up_encode_is_tried_again_once(mona: Person, channel: object) -> None:
    unit = unit_given_up(channel, reason="no such filter")  # type: ignore[arg-type]
    client = client_of(mona)

    page = client.get("/desk/units").content.decode()
    client.post(f"/desk/units/{unit.pk}/retry")
    again = client.post(f"/desk/units/{unit.pk}/retry", follow=True).content.decode()

    unit.refresh_from_db()
    assert "no such filter" in page
    assert (unit.state, unit.attempt) == ("waiting", 0)
    assert "has gone on meanwhile" in again
    assert AuditEntry.objects.filter(action="unit.retried").count() == 1


def test_texts_are_looked_at_before_they_are_kept(mona: Person) -> None:
    client = client_of(mona)
    path = "/desk/settings/pages"
    fields = form_of(client, path) | {"terms__fr": "# Soyez *gentils*", "preview": "1"}

    page = client.post(path, fields).content.decode()

    assert "<h1>Soyez <em>gentils</em></h1>" in page
    assert "# Soyez *gentils*</textarea>" in page
    assert not SettingVersion.objects.exists()


def test_the_desk_knows_at_once_what_another_process_has_written(mona: Person) -> None:
    setting_write(value=SiteSettings(name="Harbour"), by=mona.pk)
    assert setting_of(SiteSettings).name == "Harbour"
    SettingVersion.objects.update(value={"name": "Lighthouse"})

    page = client_of(mona).get("/desk").content.decode()

    assert "Lighthouse" in page
    assert "Harbour" not in page


@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize(
    ("host", "listening", "said"),
    [
        ("127.0.0.1:8000", "127.0.0.1", False),
        ("nas.local:8000", "127.0.0.1", False),
        ("harbour.example", "127.0.0.1", True),
        ("nas.local:8000", "0.0.0.0", True),  # noqa: S104 - said, never bound
    ],
)
def test_the_desk_says_that_nobody_has_set_the_sites_address(
    mona: Person, monkeypatch: pytest.MonkeyPatch, host: str, listening: str, *, said: bool
) -> None:
    ours = replace(environment(), host=listening, public_url="")
    monkeypatch.setattr(overview, "environment", lambda: ours)

    page = client_of(mona).get("/desk", headers={"host": host}).content.decode()

    assert ("No public address is set" in page) is said
