"""The form of a video: everything that can be said about it, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from antenne.catalog.services.details import SLOW_MODE_MAX_S, Details
from antenne.catalog.states import Commenting, Embedding, Geo, Licence
from antenne.web.studio.forms import ShowingForm, subject_offer

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.utils.functional import Promise

    from antenne.catalog.models import Video

_HOST_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.:*")


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under one heading."""

    name: str
    legend: str | Promise
    fields: tuple[BoundField, ...]


_GROUPS: Final = (
    ("words", _("Words"), ("title", "description", "tags")),
    ("kind", _("About it"), ("category", "language", "licence", "sensitive")),
    ("showing", _("Who can watch"), ("visibility", "publish_at", "premiere", "password")),
    ("talk", _("Comments"), ("commenting", "slow_mode_s")),
    (
        "elsewhere",
        _("On other sites, in other countries"),
        ("embedding", "sites", "geo", "geo_countries", "downloadable"),
    ),
)
_DETAILS: Final = (
    "category",
    "licence",
    "sensitive",
    "commenting",
    "slow_mode_s",
    "downloadable",
    "premiere",
    "geo",
)


class VideoForm(ShowingForm):
    """Everything that can be said about a video."""

    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=10_000,
        strip=False,
        help_text=_("Lines that begin with a moment (0:00 Opening) become chapters."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=1500, help_text=_("With commas between.")
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), required=False, choices=Licence.choices)
    sensitive = forms.BooleanField(
        label=_("Not for everybody: ask before it plays"), required=False
    )
    premiere = forms.BooleanField(
        label=_("As a premiere: its page counts down to that moment"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-with": "scheduled"}),
    )
    commenting = forms.ChoiceField(label=_("Who can comment"), choices=Commenting.choices)
    slow_mode_s = forms.IntegerField(
        label=_("Seconds between two comments of one person"),
        required=False,
        min_value=0,
        max_value=SLOW_MODE_MAX_S,
        help_text=_("0: as they like"),
        widget=forms.NumberInput(attrs={"data-with": "open held"}),
    )
    embedding = forms.ChoiceField(label=_("May be embedded"), choices=Embedding.choices)
    sites = forms.CharField(
        label=_("Sites that may embed it"),
        required=False,
        max_length=2000,
        help_text=_("Host names, one a line. Only for “On listed sites”."),
        widget=forms.Textarea(attrs={"rows": 3, "data-with": "listed"}),
    )
    geo = forms.ChoiceField(label=_("Countries"), choices=Geo.choices)
    geo_countries = forms.CharField(
        label=_("Which countries"),
        required=False,
        max_length=1000,
        help_text=_("Two letters each, for example FR, BE, CH."),
        widget=forms.TextInput(attrs={"data-with": "only except"}),
    )
    downloadable = forms.BooleanField(label=_("Viewers may download the file"), required=False)

    def clean_sites(self) -> tuple[str, ...]:
        """Keep host names, and nothing that could be another word of a policy."""
        words = self.cleaned_data["sites"].replace(",", " ").split()
        bad = [word for word in words if not set(word.lower()) <= _HOST_LETTERS]
        if bad:
            raise forms.ValidationError(
                _("This is not a host name: %(word)s"), params={"word": bad[0]}
            )
        return tuple(words)

    def clean(self) -> dict[str, Any]:
        """Leave alone what was not changed here: it may have been changed elsewhere meanwhile."""
        data = super().clean() or self.cleaned_data
        if self.add_initial_prefix("title") in self.data:
            for name in set(data) - set(self.changed_data):
                field = self.fields[name]
                data[name] = field.clean(field.prepare_value(self.initial.get(name)))
        return data

    def details(self) -> Details:
        """Return what is said beyond title and description."""
        data = self.cleaned_data
        return Details(
            **{name: data[name] for name in _DETAILS if name != "slow_mode_s"},
            slow_mode_s=data["slow_mode_s"] or 0,
            tags=data["tags"].split(","),
            geo_countries=data["geo_countries"].replace(",", " ").split(),
        )

    def groups(self) -> tuple[Group, ...]:
        """Return the fields as the page shows them."""
        return tuple(
            Group(name, legend, tuple(self[field] for field in fields))
            for name, legend, fields in _GROUPS
        )


def video_form(video: Video, posted: QueryDict | None = None) -> VideoForm:
    """Return the form of a video, filled with what it says now."""
    initial = {
        "title": video.title,
        "description": video.description,
        "visibility": video.visibility,
        "publish_at": video.publish_at,
        "language": video.language,
        "embedding": video.embedding,
        "sites": "\n".join(video.embed_sites),
        "tags": ", ".join(video.tags),
        "geo_countries": ", ".join(video.geo_countries),
        **{name: getattr(video, name) for name in _DETAILS},
    }
    form = VideoForm(posted, initial=initial)
    for field in form.fields.values():
        field.show_hidden_initial = True
    return subject_offer(form, category=video.category, language=video.language)
