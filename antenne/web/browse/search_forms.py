"""What may be asked of a search: one form, sent by GET, whose every value may be missing.

It is no form of Django's: that one takes longer to put its fields together than a search takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.catalog.asking import ASKED_MAX_CHARS
from antenne.catalog.selectors.search import Kind, Length, Narrowing, Quality, Since, Sort
from antenne.kernel.languages import language_name
from antenne.web.categories import category_choices

Choices = Sequence[tuple[str, str | Promise]]
ANY: Final = ("", gettext_lazy("Any"))
KINDS: Final[Choices] = [("", gettext_lazy("Everything")), *Kind.choices]
FILTERS: Final = ("length", "since", "quality", "captions", "language", "category")
# By which of them what is no video can be narrowed.
_FILTERS_OF: Final[dict[str, tuple[str, ...]]] = {
    Kind.CHANNEL: (),
    Kind.PLAYLIST: (),
    Kind.GROUP: (),
    Kind.POST: ("since",),
}
_LABELS: Final = {
    "sort": gettext_lazy("Order"),
    "length": gettext_lazy("Length"),
    "since": gettext_lazy("Published"),
    "quality": gettext_lazy("Picture"),
    "captions": gettext_lazy("Captions"),
    "language": gettext_lazy("Language"),
    "category": gettext_lazy("Category"),
}
# Those that are the same on every site.
_FIXED: Final[dict[str, Choices]] = {
    "kind": KINDS,
    "sort": Sort.choices,
    "length": [ANY, *Length.choices],
    "since": [ANY, *Since.choices],
    "quality": [ANY, *Quality.choices],
}


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
class Field:
    """What a search can be narrowed or put in order by: its name in addresses, what is chosen."""

    name: str
    label: str
    choices: Choices
    chosen: str

    @property
    def words(self) -> str:
        """Return what the present choice is called."""
        return str(dict(self.choices).get(self.chosen, self.chosen))


@dataclass(frozen=True)
class SearchAsked:
    """A search as its address says it; what makes no sense there is left out."""

    text: str
    kind: str
    sort: str
    narrowing: Narrowing
    after: str
    choices: Mapping[str, Choices]

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

    @cached_property
    def order(self) -> Field:
        """Return what comes first, to choose from."""
        return self._field("sort", self.sort or Sort.RELEVANCE.value)

    @cached_property
    def fields(self) -> list[Field]:
        """Return the fields by which this kind of thing is narrowed, in order."""
        names = _FILTERS_OF.get(self.kind, FILTERS)
        return [self._field(name, getattr(self.narrowing, name)) for name in names]

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the filters that are set."""
        chosen = (field for field in self.fields if field.chosen)
        return [Chip(field.words, self.url(**{field.name: ""})) for field in chosen]

    def _field(self, name: str, chosen: str) -> Field:
        return Field(name, str(_LABELS[name]), self.choices[name], chosen)


def search_asked(data: QueryDict, *, languages: Iterable[str]) -> SearchAsked:
    """Read a search from an address; *languages* are those that there is something in."""
    choices = _choices(languages)
    values = {name: _chosen(data.get(name, ""), among) for name, among in choices.items()}
    return SearchAsked(
        text=data.get("q", "").replace("\x00", "")[: 2 * ASKED_MAX_CHARS].strip()[:ASKED_MAX_CHARS],
        kind=values["kind"],
        sort="" if values["sort"] == Sort.RELEVANCE else values["sort"],
        narrowing=Narrowing(
            length=values["length"],
            since=values["since"],
            quality=values["quality"],
            captions=values["captions"],
            language=values["language"],
            category=values["category"],
        ),
        after=data.get("after", ""),
        choices=choices,
    )


def _choices(languages: Iterable[str]) -> dict[str, Choices]:
    named = [(code, language_name(code)) for code in languages]
    in_language = [(code, _("In %(language)s") % {"language": name}) for code, name in named]
    return _FIXED | {
        "captions": [ANY, ("any", _("With captions")), *in_language],
        "language": [ANY, *named],
        "category": [ANY, *category_choices()],
    }


def _chosen(value: str, choices: Choices) -> str:
    """Return *value* where it can be chosen, else nothing."""
    return value if any(value == key for key, _label in choices) else ""
