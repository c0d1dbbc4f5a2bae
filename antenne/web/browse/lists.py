"""Lists of their own: what people watch now, categories, tags, channels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antenne.catalog.asking import Asking
from antenne.catalog.selectors.categories import categories_used, languages_used
from antenne.catalog.selectors.categories_shown import category_of
from antenne.catalog.selectors.search import Narrowing, Sort, channels_found, videos_found
from antenne.catalog.selectors.trending import videos_trending
from antenne.catalog.wording import tag_key
from antenne.kernel.languages import language_name
from antenne.kernel.strangers import strangers_offer
from antenne.web.browse.search_forms import Choice
from antenne.web.cards import card_page
from antenne.web.viewer import onlooker_for, viewer_of

if TYPE_CHECKING:
    from antenne.catalog.models import Video
    from antenne.kernel.pagination import Page

WARM = "trending"


@dataclass(frozen=True, slots=True)
class ListAsked:
    """How a list is to be shown, as its address says it."""

    language: str
    sort: str
    after: str

    def url(self, *, language: str, sort: str) -> str:
        """Return the address of the same list shown otherwise, at its first page."""
        values = [("language", language), ("sort", sort)]
        return "?" + "&".join(f"{name}={value}" for name, value in values if value)

    @property
    def more_url(self) -> str:
        """Return the start of the addresses of later pages."""
        start = self.url(language=self.language, sort=self.sort)
        return start if start == "?" else f"{start}&"

    def languages(self, used: tuple[str, ...]) -> list[Choice]:
        """Return the languages to choose from; none where there is only one."""
        if len(used) < 2 and not self.language:  # noqa: PLR2004 - one is no choice
            return []
        found = [
            Choice(_("All languages"), self.url(language="", sort=self.sort), not self.language)
        ]
        return found + [
            Choice(
                language_name(code),
                self.url(language=code, sort=self.sort),
                code == self.language,
            )
            for code in used
        ]

    def sorts(self) -> list[Choice]:
        """Return what may come first."""
        named = [("", _("Newest")), (WARM, _("Trending")), (Sort.VIEWED.value, _("Most viewed"))]
        return [
            Choice(str(label), self.url(language=self.language, sort=sort), sort == self.sort)
            for sort, label in named
        ]


def _asked(request: HttpRequest, used: tuple[str, ...]) -> ListAsked:
    language = request.GET.get("language", "")
    sort = request.GET.get("sort", "")
    return ListAsked(
        language=language if language in used else "",
        sort=sort if sort in (WARM, Sort.VIEWED) else "",
        after=request.GET.get("after", ""),
    )


def _shown(
    request: HttpRequest, template: str, asked: ListAsked, page: Page[Video], **context: object
) -> HttpResponse:
    if asked.after and not page.rows:
        raise Http404
    strangers_offer(request)
    context |= {
        "asked": asked,
        "page": card_page(page, viewer_of(request)),
        "more_url": asked.more_url,
    }
    return render(request, template, context)


def _page(request: HttpRequest, asked: ListAsked, narrowing: Narrowing) -> Page[Video]:
    """Return the page asked for; raise `Http404` for one that is none."""
    onlooker = onlooker_for(request)
    if asked.sort == WARM and not narrowing.tag:
        return videos_trending(
            language=asked.language,
            category=narrowing.category,
            onlooker=onlooker,
            cursor=asked.after,
        )
    sort = Sort.VIEWED if asked.sort == Sort.VIEWED else Sort.NEWEST
    narrowing = replace(narrowing, onlooker=onlooker)
    return videos_found(Asking(), narrowing, sort=sort, cursor=asked.after, size=24)


@require_safe
def trending(request: HttpRequest) -> HttpResponse:
    """Show what people watch now, in one language or all."""
    used = languages_used()
    asked = _asked(request, used)
    asked = ListAsked(asked.language, "", asked.after)
    page = _page(request, ListAsked(asked.language, WARM, asked.after), Narrowing())
    languages = asked.languages(used)
    return _shown(request, "browse/trending.html", asked, page, languages=languages)


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Show the categories in which there is something."""
    strangers_offer(request)
    return render(request, "browse/categories.html", {"categories": categories_used()})


@require_safe
def category(request: HttpRequest, key: str) -> HttpResponse:
    """Show what there is in a category."""
    found = category_of(key)
    if found is None:
        raise Http404
    used = languages_used()
    asked = _asked(request, used)
    page = _page(request, asked, Narrowing(language=asked.language, category=key))
    return _shown(
        request,
        "browse/category.html",
        asked,
        page,
        category=found,
        languages=asked.languages(used),
    )


@require_safe
def tag(request: HttpRequest, key: str) -> HttpResponse:
    """Show what bears a tag; however it is written, it has one address."""
    clean = tag_key(key)
    if not clean:
        raise Http404
    if clean != key:
        return redirect("tag", clean)
    asked = _asked(request, languages_used())
    page = _page(request, asked, Narrowing(language=asked.language, tag=clean))
    return _shown(request, "browse/tag.html", asked, page, tag=clean)


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """Show every channel with something in it, the most followed first."""
    after, onlooker = request.GET.get("after", ""), onlooker_for(request)
    page = channels_found(Asking(), onlooker=onlooker, cursor=after, size=48)
    strangers_offer(request)
    return render(request, "browse/channels.html", {"page": page})
