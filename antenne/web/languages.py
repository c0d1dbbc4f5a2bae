"""Languages as people choose and read them."""

from __future__ import annotations

import unicodedata

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings


def language_name(code: str) -> str:
    """Return what a language calls itself; its code where that is not known."""
    return _name(code, "name_local")


def language_choices(*kept: str) -> list[tuple[str, str]]:
    """Return the languages to choose from: the site's first, by their names; *kept* as well."""
    near = setting_of(SiteSettings).languages or dict(settings.LANGUAGES)
    known = {code for code, said in LANG_INFO.items() if "name" in said}
    named = [(code, _name(code, "name_translated")) for code in known.union(filter(None, kept))]
    return sorted(named, key=lambda row: (row[0] not in near, _sorted_as(row[1])))


def _sorted_as(name: str) -> str:
    return unicodedata.normalize("NFKD", name).casefold()


def _name(code: str, kind: str) -> str:
    try:
        name = str(get_language_info(code)[kind])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]
