"""What people may say of a playlist."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from antenne.catalog.services.playlists import TITLE_MAX_CHARS
from antenne.catalog.states import PlaylistVisibility


class PlaylistNewForm(forms.Form):
    """A playlist to make."""

    title = forms.CharField(label=_("Name"), max_length=TITLE_MAX_CHARS)
    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        choices=PlaylistVisibility,
        initial=PlaylistVisibility.PRIVATE,
    )


class PlaylistForm(PlaylistNewForm):
    """What a playlist is called and who sees it."""

    description = forms.CharField(
        label=_("Description"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    field_order = ("title", "description", "visibility")


class HelperForm(forms.Form):
    """Who may help with a playlist."""

    handle = forms.CharField(label=_("Their name, as in @name"), max_length=40)


class MoveForm(forms.Form):
    """Where an item goes: behind another, first, or one step."""

    after = forms.UUIDField(required=False)
    step = forms.ChoiceField(required=False, choices=[("up", "up"), ("down", "down")])

    @property
    def behind(self) -> UUID | None:
        """Return behind which item; None for the first place."""
        found: UUID | None = self.cleaned_data["after"]
        return found


class SaveForm(forms.Form):
    """Whether a video shall stand in a playlist; `later` names one's list for later."""

    playlist = forms.CharField(max_length=12)
    wish = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])
