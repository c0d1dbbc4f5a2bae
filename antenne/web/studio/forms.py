"""Forms of the studio."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from antenne.catalog.services.videos import TITLE_MAX_CHARS
from antenne.catalog.services.visibility import Showing
from antenne.catalog.states import VISIBILITIES_CHOSEN, Embedding, Visibility

if TYPE_CHECKING:
    from antenne.catalog.models import Video


class ShowingForm(forms.Form):
    """Who may watch: used while bytes travel and, with more, in the studio."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX_CHARS)
    visibility = forms.ChoiceField(label=_("Who can watch"), choices=VISIBILITIES_CHOSEN)
    publish_at = forms.DateTimeField(
        label=_("Goes public at (UTC)"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "data-utc": "", "data-with": "scheduled"},
            format="%Y-%m-%dT%H:%M",
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=128,
        help_text=_("Left empty, the one it has stays."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-with": "password"}),
    )

    def showing(self) -> Showing:
        """Return the visibility with what belongs to it."""
        data = self.cleaned_data
        visibility = data["visibility"]
        return Showing(
            visibility=visibility,
            publish_at=data["publish_at"] if visibility == Visibility.SCHEDULED else None,
            password=data["password"] if visibility == Visibility.PASSWORD else "",
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
    language = forms.CharField(
        label=_("Language spoken"), required=False, max_length=8, help_text=_("For example fr")
    )
    embedding = forms.ChoiceField(label=_("May be embedded"), choices=Embedding.choices)
    sites = forms.CharField(
        label=_("Sites that may embed it"),
        required=False,
        max_length=2000,
        help_text=_("Host names, one a line. Only for “On listed sites”."),
        widget=forms.Textarea(attrs={"rows": 3, "data-with": "listed"}),
    )
    field_order = ("title", "description", "visibility", "publish_at", "password")

    def clean_sites(self) -> tuple[str, ...]:
        """Keep host names, and nothing that could be another word of a policy."""
        words = self.cleaned_data["sites"].replace(",", " ").split()
        bad = [word for word in words if not set(word.lower()) <= _HOST_LETTERS]
        if bad:
            raise forms.ValidationError(
                _("This is not a host name: %(word)s"), params={"word": bad[0]}
            )
        return tuple(words)


_HOST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.:*")


class CaptionForm(forms.Form):
    """A caption file and the language it is in."""

    file = forms.FileField(
        label=_("Caption file"),
        help_text=_("SRT, WebVTT or ASS."),
        widget=forms.ClearableFileInput(attrs={"accept": ".srt,.vtt,.ass,.ssa"}),
    )
    language = forms.CharField(label=_("Language"), max_length=16, help_text=_("For example fr"))
    label = forms.CharField(
        label=_("Name in the menu"),
        max_length=80,
        required=False,
        help_text=_("For example Français"),
    )

    def brought(self) -> dict[str, Any]:
        """Return what `caption_bring` asks for."""
        data = self.cleaned_data
        return {
            "language": data["language"],
            "label": data["label"] or data["language"],
            "filename": data["file"].name,
            "data": data["file"].read(),
        }


class MomentForm(forms.Form):
    """A moment of the video, as people write it: 83, 1:23 or 0:01:23.4."""

    at = forms.RegexField(
        label=_("Moment"),
        regex=r"^\s*(?:\d{1,3}:){0,2}\d{1,6}(?:[.,]\d{1,3})?\s*$",
        max_length=20,
        help_text=_("For example 1:23"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def at_ms(self) -> int:
        """Return the moment in milliseconds."""
        seconds = Decimal(0)
        for part in self.cleaned_data["at"].strip().replace(",", ".").split(":"):
            seconds = seconds * 60 + Decimal(part)
        return int(seconds * 1000)


class ImageForm(forms.Form):
    """An image that becomes the poster."""

    image = forms.FileField(
        label=_("An image of yours"),
        help_text=_("JPEG, PNG or WebP, at most 5 MB. It is cut to the shape of the video."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class ImportForm(forms.Form):
    """The address of a video to import."""

    url = forms.URLField(label=_("Address"), max_length=2000, assume_scheme="https")
    channel = forms.CharField(required=False, max_length=32)


class BeginForm(forms.Form):
    """A file that is about to be sent."""

    filename = forms.CharField(max_length=1000)
    size_bytes = forms.IntegerField(min_value=0)
    replace = forms.CharField(required=False, max_length=12)
    channel = forms.CharField(required=False, max_length=32)


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
    }
    return VideoForm(posted, initial=initial)
