"""What a setting refuses, and how it says so."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.custody.models import SettingVersion
from antenne.custody.services import setting_write
from antenne.custody.settings import (
    LimitsSettings,
    MailSettings,
    PagesSettings,
    PrivacySettings,
    Setting,
    SettingRefused,
    SignUpSettings,
    SiteSettings,
)
from antenne.custody.settings.colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    contrast,
    contrast_least,
    pressed,
    shade_nearest,
    text_on,
)

BAD: list[tuple[Setting, str]] = [
    (SiteSettings(name=""), "name"),
    (SiteSettings(name="  "), "name"),
    (SiteSettings(name="x" * 61), "name"),
    (SiteSettings(name="two\nlines"), "name"),
    (SiteSettings(name="nul\x00"), "name"),
    (SiteSettings(name=7), "name"),  # type: ignore[arg-type]
    (SiteSettings(accent="red"), "accent"),
    (SiteSettings(accent="#ffcc00"), "accent"),
    (SiteSettings(accent_dark="#221100"), "accent_dark"),
    (SiteSettings(accent="#c2310b;}*{display:none"), "accent"),
    (SiteSettings(language="xx"), "language"),
    (SiteSettings(languages=("fr",), language="en"), "language"),
    (SiteSettings(languages=("en", "xx")), "languages"),
    (SiteSettings(contact="not an address"), "contact"),
    (SiteSettings(time_zone="Mars/Olympus"), "time_zone"),
    (SignUpSettings(mode="anarchy"), "mode"),
    (SignUpSettings(domains=("not a domain",)), "domains"),
    (SignUpSettings(domains=["example.org"]), "domains"),  # type: ignore[arg-type]
    (MailSettings(port=0), "port"),
    (MailSettings(port=True), "port"),
    (MailSettings(host="mail.example.org"), "sender"),
    (MailSettings(host="a b", sender="a@example.org"), "host"),
    (LimitsSettings(quota_bytes=-1), "quota_bytes"),
    (LimitsSettings(daily_uploads=10**9), "daily_uploads"),
    (PrivacySettings(k_anonymity=1), "k_anonymity"),
    (PagesSettings(terms={"en": "x" * 60_001}), "terms"),
    (PagesSettings(terms=[]), "terms"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(
    ("value", "field"), BAD, ids=[f"{i} {field}" for i, (_, field) in enumerate(BAD)]
)
def test_what_cannot_work_is_refused_and_nothing_is_kept(
    mona: Person, value: Setting, field: str
) -> None:
    with pytest.raises(SettingRefused) as refused:
        setting_write(value=value, by=mona.pk)

    assert list(refused.value.faults) == [field]
    assert not SettingVersion.objects.exists()


def test_a_pale_accent_is_refused_with_a_shade_that_would_do(mona: Person) -> None:
    with pytest.raises(SettingRefused) as refused:
        setting_write(value=SiteSettings(accent="#ffcc00"), by=mona.pk)

    words = refused.value.faults["accent"]
    assert words.startswith("Its contrast is 1.4 to 1; text in it needs 4.5 to 1")
    shade = words.split(". ")[1].split()[0]
    assert contrast_least(shade, LIGHT_GROUNDS) >= 4.5


@pytest.mark.parametrize(
    "colour", ["#ffcc00", "#000000", "#ffffff", "#0000ff", "#7f7f7f", "#c2310b"]
)
def test_every_colour_has_a_shade_for_each_ground_and_a_text_on_it(colour: str) -> None:
    for grounds in (LIGHT_GROUNDS, DARK_GROUNDS):
        shade = shade_nearest(colour, grounds)

        assert contrast_least(shade, grounds) >= 4.5
        assert contrast(shade, text_on(shade)) >= 4.5
        assert pressed(shade, darker=True).startswith("#")


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_addresses_are_held_to_the_domains() -> None:
    only = SignUpSettings(domains=("Example.org",))

    assert only.domain_allowed("a@EXAMPLE.org")
    assert not only.domain_allowed("a@example.org.evil.net")
    assert SignUpSettings().domain_allowed("a@anywhere.net")
