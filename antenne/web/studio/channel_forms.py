"""Forms of a channel: what it says, its handle, its defaults, its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from antenne.catalog.services.defaults import Defaults, defaults_of
from antenne.catalog.states import Commenting, Licence, TeamRole, Visibility
from antenne.web.studio.forms import subject_offer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antenne.catalog.models import Channel, Video


class ChannelNewForm(forms.Form):
    """A channel to make."""

    name = forms.CharField(label=_("Name"), max_length=80)
    handle = forms.RegexField(
        label=_("Handle"),
        regex=r"^@?[A-Za-z0-9-]*$",
        required=False,
        max_length=25,
        help_text=_("Letters from a to z, digits and hyphens. Left empty, it is made of the name."),
    )


class ChannelForm(forms.Form):
    """What a channel says of itself."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("About"),
        required=False,
        max_length=5000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    links = forms.CharField(
        label=_("Links"),
        required=False,
        max_length=6000,
        help_text=_(
            "One a line: a title, a bar, an address. For example: Shop | https://shop.example"
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def links_said(self) -> list[dict[str, str]]:
        """Return the links, one of each line."""
        rows = []
        for line in self.cleaned_data["links"].splitlines():
            title, bar, url = line.rpartition("|")
            rows.append({"title": title.strip() if bar else "", "url": url.strip()})
        return rows


class HandleForm(forms.Form):
    """Another handle."""

    handle = forms.RegexField(
        label=_("Handle"),
        regex=r"^\s*@?[A-Za-z0-9-]+\s*$",
        max_length=30,
        help_text=_("The address of the channel. The one it has now leads to the new one."),
    )


class DefaultsForm(forms.Form):
    """What new videos of a channel begin with."""

    visibility = forms.ChoiceField(
        label=_("Who can watch"),
        choices=[
            (each.value, each.label)
            for each in (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE)
        ],
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), required=False, choices=Licence.choices)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=1500, help_text=_("With commas between.")
    )
    commenting = forms.ChoiceField(label=_("Who can comment"), choices=Commenting.choices)

    def defaults(self) -> Defaults:
        """Return the choices."""
        data = self.cleaned_data
        return Defaults(**{**data, "tags": tuple(data["tags"].split(","))})


class InvitationForm(forms.Form):
    """Somebody to ask into the team."""

    whom = forms.CharField(
        label=_("Handle or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "@"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (each.value, each.label)
            for each in (TeamRole.EDITOR, TeamRole.MANAGER, TeamRole.STATISTICS)
        ],
    )


class HandOverForm(forms.Form):
    """Somebody who is to have the channel."""

    whom = forms.CharField(
        label=_("Handle or e-mail address of the new owner"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ChannelImageForm(forms.Form):
    """An image that becomes the avatar or the banner."""

    image = forms.FileField(
        label=_("An image of yours"),
        help_text=_("JPEG, PNG or WebP, at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class SureForm(forms.Form):
    """The handle once more, before a channel goes for ever."""

    handle = forms.CharField(
        label=_("Write its handle to go on"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def channel_form(
    channel: Channel, videos: Iterable[Video], posted: QueryDict | None = None
) -> ChannelForm:
    """Return the form of a channel, filled with what it says now."""
    links = "\n".join(f"{link['title']} | {link['url']}" for link in channel.links)
    initial = {
        "name": channel.name,
        "description": channel.description,
        "links": links,
        "featured": channel.featured,
    }
    form = ChannelForm(posted, initial=initial)
    named = [(video.public_id, video.title) for video in videos]
    form.fields["featured"] = forms.ChoiceField(
        label=_("Video at the top of its page"),
        required=False,
        choices=[("", _("None")), *named],
    )
    return form


def defaults_form(channel: Channel, posted: QueryDict | None = None) -> DefaultsForm:
    """Return the form of a channel's defaults, filled with those it has."""
    defaults = defaults_of(channel)
    initial = {name: getattr(defaults, name) for name in DefaultsForm.base_fields}
    initial |= {"tags": ", ".join(defaults.tags)}
    form = DefaultsForm(posted, initial=initial, auto_id="defaults_%s")
    return subject_offer(form, category=defaults.category, language=defaults.language)
