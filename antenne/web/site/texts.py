"""The texts of the site: Markdown that operators write, shown in the best language there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from markdown_it import MarkdownIt

from antenne.custody.selectors import setting_of
from antenne.custody.settings import PagesSettings, SiteSettings

TITLES: Final[dict[str, str | Promise]] = {
    "about": pgettext_lazy("this site", "About"),
    "terms": _("Terms"),
    "privacy": _("Privacy"),
}
# No HTML of the writer's own: what is not Markdown is shown as it stands.
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language."""

    page: str
    title: str | Promise
    language: str
    html: SafeString


def text_shown(page: str, *, language: str) -> Text | None:
    """Return a text in *language*, else in the site's, else in any; None where none is written."""
    texts = getattr(setting_of(PagesSettings), page)
    written = {code: text for code, text in texts.items() if text.strip()}
    wishes = (language, language.partition("-")[0], setting_of(SiteSettings).language, *written)
    found = next((code for code in wishes if code in written), None)
    if found is None:
        return None
    return Text(page, TITLES[page], found, markdown_html(written[found]))


def markdown_html(text: str) -> SafeString:
    """Return Markdown as HTML; addresses that could run something are left as text."""
    html: str = _MARKDOWN.render(text)
    return mark_safe(html)  # noqa: S308 - markdown-it escapes, html is off


def texts_written() -> list[tuple[str, str | Promise]]:
    """Return the texts that the foot of every page leads to."""
    pages = setting_of(PagesSettings)
    return [
        (page, title)
        for page, title in TITLES.items()
        if any(text.strip() for text in getattr(pages, page).values())
    ]
