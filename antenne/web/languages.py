"""Languages as people choose and read them."""

from __future__ import annotations

import unicodedata

from django.conf import settings
from django.conf.locale import LANG_INFO

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.languages import language_name


def language_choices(*kept: str) -> list[tuple[str, str]]:
    """Return the languages to choose from: the site's first, by their names; *kept* as well."""
    near = setting_of(SiteSettings).languages or dict(settings.LANGUAGES)
    known = {code for code, said in LANG_INFO.items() if "name" in said}
    codes = known.union(filter(None, kept))
    named = [(code, language_name(code, kind="name_translated")) for code in codes]
    return sorted(named, key=lambda row: (row[0] not in near, _sorted_as(row[1])))


def _sorted_as(name: str) -> str:
    return unicodedata.normalize("NFKD", name).casefold()
