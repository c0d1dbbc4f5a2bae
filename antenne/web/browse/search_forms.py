"""What may be asked of a search: one form, sent by GET, whose every value may be missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from antenne.catalog.asking import ASKED_MAX_CHARS
from antenne.catalog.selectors.search import Kind, Length, Narrowing, Quality, Since, Sort
from antenne.web.categories import category_choices
from antenne.web.components.selects import Select
from antenne.web.languages import language_name

ANY = ("", _("Any"))
KINDS = [("", _("Everything")), *Kind.choices]
FILTERS = ("length", "since", "quality", "captions", "language", "category")
# By which of them what is no video can be narrowed.
_FILTERS_OF: dict[str, tuple[str, ...]] = {
    Kind.CHANNEL: (),
    Kind.PLAYLIST: (),
    Kind.GROUP: (),
    Kind.POST: ("since",),
}


class _NarrowField(forms.ChoiceField):
    """A choice that may be left open."""

    widget = Select

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - what a ChoiceField is given
        super().__init__(required=False, **given)


class SearchForm(forms.Form):
    """Words, kind, order and filters; *languages* are those that there is something in."""

    q = forms.CharField(label=_("Search"), required=False, strip=True)
    kind = forms.ChoiceField(choices=KINDS, required=False)
    sort = _NarrowField(label=_("Order"), choices=Sort.choices)
    length = _NarrowField(label=_("Length"), choices=[ANY, *Length.choices])
    since = _NarrowField(label=_("Published"), choices=[ANY, *Since.choices])
    quality = _NarrowField(label=_("Picture"), choices=[ANY, *Quality.choices])
    captions = _NarrowField(label=_("Captions"), choices=[ANY, ("any", _("With captions"))])
    language = _NarrowField(label=_("Language"), choices=[ANY])
    category = _NarrowField(label=_("Category"), choices=lambda: [ANY, *category_choices()])

    def __init__(self, data: QueryDict, *, languages: Iterable[str]) -> None:
        super().__init__(data, auto_id="search_%s")
        named = [(code, language_name(code)) for code in languages]
        self.fields["language"].choices = [ANY, *named]  # type: ignore[attr-defined] # a ChoiceField
        in_language = [(code, _("In %(language)s") % {"language": name}) for code, name in named]
        self.fields["captions"].choices += in_language  # type: ignore[attr-defined] # a ChoiceField


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few addresses that show the same list otherwise."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set: what it says, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """A search as its address says it; what makes no sense there is left out."""

    text: str
    kind: str
    sort: str
    narrowing: Narrowing
    after: str
    form: SearchForm

    def url(self, **changed: str) -> str:
        """Return the address of this search with something *changed*, at its first page."""
        values = {"q": self.text, "kind": self.kind, "sort": self.sort}
        values |= {name: getattr(self.narrowing, name) for name in FILTERS}
        return "?" + urlencode({name: it for name, it in (values | changed).items() if it})

    @property
    def kinds(self) -> list[Choice]:
        """Return the kinds of things to choose from."""
        return [
            Choice(str(label), self.url(kind=str(kind)), str(kind) == self.kind)
            for kind, label in KINDS
        ]

    @property
    def playlists_url(self) -> str:
        """Return the address of the playlists that this finds."""
        return self.url(kind=Kind.PLAYLIST.value)

    @property
    def posts_url(self) -> str:
        """Return the address of the posts that this finds."""
        return self.url(kind=Kind.POST.value)

    @property
    def fields(self) -> list[forms.BoundField]:
        """Return the fields by which this kind of thing is narrowed, in order."""
        return [self.form[name] for name in _FILTERS_OF.get(self.kind, FILTERS)]

    @property
    def chips(self) -> list[Chip]:
        """Return the filters that are set."""
        found = []
        for field in self.fields:
            value = getattr(self.narrowing, field.name)
            if value:
                words = str(dict(field.field.choices).get(value, value))  # type: ignore[attr-defined]
                found.append(Chip(words, self.url(**{field.name: ""})))
        return found


def search_asked(data: QueryDict, *, languages: Iterable[str]) -> SearchAsked:
    """Read a search from an address."""
    form = SearchForm(data, languages=languages)
    form.is_valid()
    values = {name: str(form.cleaned_data.get(name) or "") for name in form.fields}
    sort = values["sort"]
    return SearchAsked(
        text=data.get("q", "").replace("\x00", "")[: 2 * ASKED_MAX_CHARS].strip()[:ASKED_MAX_CHARS],
        kind=values["kind"],
        sort="" if sort == Sort.RELEVANCE else sort,
        narrowing=Narrowing(
            length=values["length"],
            since=values["since"],
            quality=values["quality"],
            captions=values["captions"],
            language=values["language"],
            category=values["category"],
        ),
        after=data.get("after", ""),
        form=form,
    )
