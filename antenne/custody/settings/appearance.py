"""How the site looks and what it says: its name, its categories, its texts."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.custody.settings.colours import (
    CONTRAST_LEAST,
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    contrast_least,
    is_colour,
    shade_nearest,
)
from antenne.custody.settings.declaring import (
    About,
    Setting,
    Several,
    Texts,
    Words,
    mail_faults,
    option,
    option_made,
)
from antenne.kernel.environment import environment

_PAGE_MAX_CHARS: Final = 60_000


def _site_name() -> str:
    return environment().site_name


def _language() -> str:
    return environment().language


def _accent_faults(field: str, colour: str, grounds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield why a colour cannot be the accent on these grounds, and one that can."""
    if not colour:
        return
    if not is_colour(colour):
        yield field, _("A colour is written as #rrggbb.")
        return
    found = contrast_least(colour, grounds)
    if found < CONTRAST_LEAST:
        words = _(
            "Its contrast is %(found).1f to 1; text in it needs %(least)s to 1 to be read."
            " %(shade)s would do."
        )
        shade = shade_nearest(colour, grounds)
        yield field, words % {"found": found, "least": CONTRAST_LEAST, "shade": shade}


@dataclass(frozen=True, slots=True)
class SiteSettings(Setting):
    """What the site is called and how it looks."""

    KEY: ClassVar[str] = "site"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Site")

    name: str = option_made(
        _site_name,
        About(
            gettext_lazy("Name"),
            Words(max_chars=60, needed=True),
            gettext_lazy("At the head of every page and in every mail."),
        ),
    )
    tagline: str = option(
        "",
        About(
            gettext_lazy("In one sentence"),
            Words(max_chars=160),
            gettext_lazy("What search engines and other sites show of the home page."),
        ),
    )
    logo: str = option(
        "",
        About(
            gettext_lazy("Logo"),
            Words(max_chars=120),
            gettext_lazy("Stands for the name at the head of every page."),
        ),
    )
    logo_dark: str = option(
        "",
        About(
            gettext_lazy("Logo on dark pages"),
            Words(max_chars=120),
            gettext_lazy("Left out, the same one is used."),
        ),
    )
    icon: str = option(
        "",
        About(
            gettext_lazy("Icon"),
            Words(max_chars=120),
            gettext_lazy("Square; in tabs and bookmarks of browsers."),
        ),
    )
    accent: str = option(
        "",
        About(
            gettext_lazy("Accent on light pages"),
            Words(max_chars=7),
            gettext_lazy("For what is live, playing, new or to be pressed: #rrggbb."),
        ),
    )
    accent_dark: str = option(
        "",
        About(
            gettext_lazy("Accent on dark pages"),
            Words(max_chars=7),
            gettext_lazy("Left out, it is made from the other."),
        ),
    )
    language: str = option_made(
        _language,
        About(
            gettext_lazy("Language"),
            Words(max_chars=8, needed=True),
            gettext_lazy("Where a person's own is not known."),
        ),
    )
    languages: tuple[str, ...] = option(
        (),
        About(
            gettext_lazy("Languages offered"),
            Several(max_count=40, max_chars=8),
            gettext_lazy("None chosen: all that this version speaks."),
        ),
    )
    contact: str = option(
        "",
        About(
            gettext_lazy("Contact address"),
            Words(max_chars=254),
            gettext_lazy("Where people and authorities reach you; shown at the foot of pages."),
        ),
    )
    time_zone: str = option(
        "UTC",
        About(
            gettext_lazy("Time zone"),
            Words(max_chars=64, needed=True),
            gettext_lazy(
                "When digests go out and days begin, for figures from the next midnight on;"
                " for example Europe/Paris."
            ),
        ),
    )

    def more_faults(self) -> Iterator[tuple[str, str]]:
        """Check colours, languages, the address and the time zone."""
        yield from _accent_faults("accent", self.accent, LIGHT_GROUNDS)
        yield from _accent_faults("accent_dark", self.accent_dark, DARK_GROUNDS)
        yield from mail_faults("contact", self.contact)
        known = {code for code, _name in settings.LANGUAGES}
        unknown = [code for code in self.languages if code not in known]
        if unknown:
            yield "languages", _("This version does not speak %(code)s.") % {"code": unknown[0]}
        if self.language not in known or (self.languages and self.language not in self.languages):
            yield "language", _("This language is not among those offered.")
        if self.time_zone not in zoneinfo.available_timezones():
            yield "time_zone", _("This time zone is not known.")


@dataclass(frozen=True, slots=True)
class CategorySettings(Setting):
    """Which categories there are, in which order."""

    KEY: ClassVar[str] = "categories"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Categories")

    order: tuple[str, ...] = option(
        (), About(gettext_lazy("Order"), Several(max_count=100, max_chars=16))
    )
    hidden: tuple[str, ...] = option(
        (),
        About(
            gettext_lazy("Hidden"),
            Several(max_count=100, max_chars=16),
            gettext_lazy("Not offered to people; videos that have one keep it."),
        ),
    )
    names: Mapping[str, str] = option_made(
        dict,
        About(
            gettext_lazy("Names"),
            Texts(max_chars=40),
            gettext_lazy("Key `language:category`; left empty, our own."),
        ),
    )


@dataclass(frozen=True, slots=True)
class PagesSettings(Setting):
    """The texts every site owes its people, by language, in Markdown."""

    KEY: ClassVar[str] = "pages"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Texts")

    about: Mapping[str, str] = option_made(
        dict, About(gettext_lazy("About"), Texts(max_chars=_PAGE_MAX_CHARS, lines=True))
    )
    terms: Mapping[str, str] = option_made(
        dict, About(gettext_lazy("Terms"), Texts(max_chars=_PAGE_MAX_CHARS, lines=True))
    )
    privacy: Mapping[str, str] = option_made(
        dict, About(gettext_lazy("Privacy"), Texts(max_chars=_PAGE_MAX_CHARS, lines=True))
    )
