"""Forms of the studio."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from antenne.catalog.services.videos import TITLE_MAX_CHARS
from antenne.catalog.services.visibility import Showing
from antenne.catalog.states import VISIBILITIES_CHOSEN, Visibility
from antenne.kernel.languages import language_name
from antenne.pipeline.kinds import CAPTION_KINDS
from antenne.web.categories import category_choices
from antenne.web.languages import language_choices
from antenne.web.studio.moments import MOMENT, moment_ms

NONE = ("", _("None"))
AnyForm = TypeVar("AnyForm", bound=forms.Form)


def subject_offer(form: AnyForm, *, category: str, language: str) -> AnyForm:
    """Let a form offer categories and languages, with the two that are chosen already."""
    form.fields["category"].choices = [NONE, *category_choices(kept=category)]  # type: ignore[attr-defined] # a ChoiceField
    form.fields["language"].choices = [NONE, *language_choices(language)]  # type: ignore[attr-defined] # a ChoiceField
    return form


class UtcField(forms.DateTimeField):
    """A moment that is written in UTC, whatever the clocks of the site show."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - DateTimeField's own
        """Show it in UTC."""
        with timezone.override(UTC):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401 - DateTimeField's own
        """Read it as UTC."""
        with timezone.override(UTC):
            return super().to_python(value)


class ShowingForm(forms.Form):
    """Who may watch: used while bytes travel and, with more, in the studio."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX_CHARS)
    visibility = forms.ChoiceField(label=_("Who can watch"), choices=VISIBILITIES_CHOSEN)
    publish_at = UtcField(
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


class TrackForm(forms.Form):
    """The language of a track, and what it is called in the player's menu."""

    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [("", ""), *language_choices()]
    )
    label = forms.CharField(
        label=_("Name in the menu"),
        max_length=80,
        required=False,
        help_text=_("Left empty, what the language calls itself."),
    )

    def clean(self) -> dict[str, Any]:
        """Call a nameless track what its language calls itself."""
        data = super().clean() or self.cleaned_data
        data["label"] = data.get("label") or language_name(data.get("language", ""))
        return data


class CaptionForm(TrackForm):
    """A caption file and the language it is in."""

    field_order = ("file", "language", "label")
    file = forms.FileField(
        label=_("Caption file"),
        help_text=_("SRT, WebVTT or ASS."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(CAPTION_KINDS)}),
    )

    def brought(self) -> dict[str, Any]:
        """Return what `caption_bring` asks for."""
        data = self.cleaned_data
        return {
            "language": data["language"],
            "label": data["label"],
            "filename": data["file"].name,
            "data": data["file"].read(),
        }


class CaptionTextForm(forms.Form):
    """The words of a track with their times, as WebVTT."""

    text = forms.CharField(
        label=_("Captions as WebVTT"),
        max_length=2_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "data-cues-text": "", "spellcheck": "true"}),
    )


class TranslationForm(forms.Form):
    """What a video is called in a further language."""

    language = forms.ChoiceField(label=_("Language"))
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=10_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MomentForm(forms.Form):
    """A moment of the video, as people write it: 83, 1:23 or 0:01:23.4."""

    at = forms.RegexField(
        label=_("Moment"),
        regex=MOMENT,
        max_length=20,
        help_text=_("For example 1:23"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def at_ms(self) -> int:
        """Return the moment in milliseconds."""
        return moment_ms(self.cleaned_data["at"])


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
