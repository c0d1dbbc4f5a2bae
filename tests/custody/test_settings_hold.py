"""No setting is kept that nothing obeys; what the site is called and how it looks is obeyed."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client

import antenne
from antenne.accounts.models import Person
from antenne.accounts.selectors import sign_up_possible
from antenne.catalog.selectors.categories_shown import categories_all, categories_offered
from antenne.custody.mail import mail_connection, mail_sender
from antenne.custody.selectors import day_begun
from antenne.custody.settings import (
    KINDS,
    CategorySettings,
    MailSettings,
    PagesSettings,
    SignUpSettings,
    SiteSettings,
)
from antenne.custody.settings.declaring import abouts_of
from antenne.web.account.adapter import AccountAdapter
from antenne.web.account.forms import SignUpForm
from tests.cast import PASSWORD
from tests.custody.proving import proves, say
from tests.web.pages import client_of

PACKAGE = Path(antenne.__file__).parent
NAMES = {f"{kind.KEY}.{field}" for kind in KINDS for field in abouts_of(kind)}
LOGO = "logo-32x32-0123456789abcdef.png"


def trees(folder: Path, pattern: str) -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob(pattern)]


def test_every_setting_has_a_test_that_proves_its_effect() -> None:
    calls = [
        node
        for tree in trees(Path(__file__).parent, "test_*hold.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "proves"
    ]
    proved = {str(ast.literal_eval(name)) for call in calls for name in call.args}

    assert proved == NAMES


def test_every_setting_is_read_somewhere() -> None:
    code = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "settings"]
    read = {
        node.attr
        for path in code
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    pages = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.html"))
    by_name = {f"{PagesSettings.KEY}.{field}" for field in abouts_of(PagesSettings)}

    unread = {
        name
        for name in NAMES - by_name
        if (field := name.partition(".")[2]) not in read
        and f"site.{field}" not in pages
        and f"features.{field}" not in pages
        and not any(f".{field}" in path.read_text(encoding="utf-8") for path in rules())
    }
    assert unread == set()


def rules() -> list[Path]:
    """Return where a setting answers questions about itself (`domain_allowed`)."""
    return [PACKAGE / "custody" / "settings" / "rules.py"]


def home(**headers: str) -> str:
    return Client().get("/", headers=headers).content.decode()


@proves("site.name", "site.tagline", "site.contact")
def test_the_site_says_its_name_its_sentence_and_whom_to_ask(region: None) -> None:
    say(SiteSettings, name="Harbour", tagline="Ships & birds", contact="us@example.org")

    page = home()

    assert "<title>Harbour" in page
    assert '<meta name="description" content="Ships &amp; birds">' in page
    assert 'href="mailto:us@example.org"' in page


@proves("site.logo", "site.logo_dark", "site.icon")
def test_the_site_shows_its_logos_and_its_icon(region: None) -> None:
    dark, icon = LOGO.replace("0123", "4567"), LOGO.replace("0123", "89ab")
    assert "mark.svg" in home()

    say(SiteSettings, logo=LOGO, logo_dark=dark, icon=icon)

    page = home()
    assert f'src="/site/{LOGO}"' in page
    assert f'src="/site/{dark}"' in page
    assert f'<link rel="icon" href="/site/{icon}" type="image/png">' in page


@proves("site.accent", "site.accent_dark")
def test_the_site_has_its_colours(region: None) -> None:
    say(SiteSettings, accent="#8a1c00", accent_dark="#ff9a6b")

    assert 'href="/site.css?v=' in home()
    assert "light-dark(#8a1c00,#ff9a6b)" in Client().get("/site.css").content.decode()


@proves("site.language", "site.languages")
@pytest.mark.parametrize(
    ("asked", "spoken"), [("", "fr"), ("es", "es"), ("ja", "fr"), ("ja, es;q=0.5", "es")]
)
def test_whose_language_is_not_offered_reads_the_sites(
    region: None, asked: str, spoken: str
) -> None:
    say(SiteSettings, language="fr", languages=("fr", "es"))

    page = home(**({"accept-language": asked} if asked else {}))

    assert f'<html lang="{spoken}"' in page
    assert 'value="ja"' not in page


@proves("site.time_zone")
def test_days_begin_and_times_are_shown_by_the_clocks_of_the_site(mona: Person) -> None:
    say(SiteSettings, time_zone="Asia/Tokyo")

    with time_machine.travel(datetime(2030, 1, 1, 16, 30, tzinfo=UTC), tick=False):
        say(SiteSettings, tagline="Ships")
        log = client_of(mona).get("/desk/log").content.decode()

        assert day_begun() == datetime(2030, 1, 1, 15, tzinfo=UTC)
        assert "2030-01-02T01:30:00+09:00" in log


@proves("sign_up.mode", "sign_up.domains", "sign_up.terms_required")
def test_who_may_sign_up_is_obeyed(region: None) -> None:
    assert not sign_up_possible()

    say(SignUpSettings, mode="open", domains=("example.org",), terms_required=True)

    assert sign_up_possible()
    assert "terms" in SignUpForm().fields
    AccountAdapter().clean_email("dora@example.org")
    with pytest.raises(ValidationError):
        AccountAdapter().clean_email("dora@elsewhere.example")


@proves("mail.sender", "mail.host", "mail.port", "mail.security", "mail.user", "mail.password")
def test_mail_leaves_as_it_is_set(region: None) -> None:
    fields = {"sender": "us@example.org", "host": "smtp.example.org", "port": 465}
    say(MailSettings, **fields, security="tls", user="us", password=PASSWORD)

    way = mail_connection()

    assert mail_sender() == "us@example.org"
    assert isinstance(way, EmailBackend)
    assert (way.host, way.port, way.use_ssl, way.use_tls) == ("smtp.example.org", 465, True, False)
    assert (way.username, way.password) == ("us", PASSWORD)


@proves("categories.order", "categories.hidden", "categories.names")
def test_categories_come_in_order_under_their_names(region: None) -> None:
    first, second, *_rest = (category.value for category in categories_all())

    say(CategorySettings, order=(second, first), hidden=(first,), names={f"en:{second}": "Birds"})

    assert [(one.value, one.offered) for one in categories_all()[:2]] == [
        (second, True),
        (first, False),
    ]
    assert categories_offered()[0].name == "Birds"


@proves("pages.about", "pages.terms", "pages.privacy")
@pytest.mark.parametrize("page", ["about", "terms", "privacy"])
def test_texts_stand_on_their_pages(region: None, page: str) -> None:
    assert Client().get(f"/{page}").status_code == 404

    say(PagesSettings, **{page: {"en": "We *care*."}})

    assert "We <em>care</em>." in Client().get(f"/{page}").content.decode()
    assert f'href="/{page}"' in home()
