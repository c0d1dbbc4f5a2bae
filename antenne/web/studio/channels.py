"""A person's channels: made, described, given a face, renamed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.teams import (
    channels_with,
    invitations_for,
    invitations_of,
    members_of,
    role_in,
)
from antenne.catalog.selectors.videos import videos_of_channel
from antenne.catalog.services.channel_pictures import (
    KINDS,
    channel_picture_bring,
    channel_picture_drop,
)
from antenne.catalog.services.channels import (
    channel_create,
    channel_edit,
    channel_remove,
    channel_rename,
)
from antenne.catalog.services.defaults import channel_defaults_set
from antenne.catalog.states import POWERS_OF, Power, State, TeamRole
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES
from antenne.web.studio.channel_forms import (
    ChannelImageForm,
    ChannelNewForm,
    HandleForm,
    HandOverForm,
    InvitationForm,
    SureForm,
    channel_form,
    defaults_form,
)
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from antenne.accounts.models import Person
    from antenne.catalog.models import Channel, Video

_FEATURABLE = 200


@require_safe
@with_person
def channels(request: HttpRequest, person: Person) -> HttpResponse:
    """List the channels in which the person has a role, and what they are asked."""
    return _list(request, person, ChannelNewForm())


def _list(request: HttpRequest, person: Person, form: ChannelNewForm) -> HttpResponse:
    context = {
        "channels": channels_with(person, Power.STATISTICS),
        "invitations": invitations_for(person),
        "form": form,
    }
    return render(request, "studio/channels.html", context)


@require_POST
@with_person
def create(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a channel."""
    form = ChannelNewForm(request.POST)
    try:
        if form.is_valid():
            made = channel_create(person=person, **form.cleaned_data)
            messages.success(request, _("The channel is there."))
            return redirect("studio_channel", made.handle)
    except CatalogRefused as refusal:
        form.add_error(None, str(refusal))
    messages.error(request, first_error(form))
    return _list(request, person, form)


def first_error(form: forms.Form) -> str:
    """Return the first thing that is wrong with a form."""
    return str(next(iter(form.errors.values()))[0])


@require_safe
@with_person
def channel(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Show everything of a channel that the person may change."""
    return channel_again(request, person, handle)


def _page(
    request: HttpRequest, found: Channel, person: Person, **forms_written: forms.Form
) -> HttpResponse:
    return render(request, "studio/channel.html", {**_context(found, person), **forms_written})


def channel_again(
    request: HttpRequest, person: Person, handle: str, **forms_written: forms.Form
) -> HttpResponse:
    """Show the page of a channel with what was written in one of its forms."""
    found = channel_owned(handle, by=person)
    return _page(request, found, person, **forms_written)


def _context(found: Channel, person: Person) -> dict[str, Any]:
    role = role_in(person, found)
    return {
        "channel": found,
        "owner": role == TeamRole.OWNER,
        "powers": POWERS_OF[role],
        "members": members_of(found),
        "invitations": invitations_of(found),
        "form": channel_form(found, _featurable(found, person)),
        "handle_form": HandleForm(initial={"handle": found.handle}, auto_id="handle_%s"),
        "defaults_form": defaults_form(found),
        "invitation_form": InvitationForm(auto_id="team_%s"),
        "hand_over_form": HandOverForm(auto_id="hand_over_%s"),
        "avatar_form": ChannelImageForm(auto_id="avatar_%s"),
        "banner_form": ChannelImageForm(auto_id="banner_%s"),
        "sure_form": SureForm(auto_id="sure_%s"),
    }


def _featurable(found: Channel, person: Person) -> QuerySet[Video]:
    rows = videos_of_channel(found, viewer=person).exclude(state=State.REFUSED)
    return rows.order_by("-created_at")[:_FEATURABLE]


def channel_change(
    request: HttpRequest,
    form: forms.Form,
    handle: str,
    do: Callable[[], str],
    again: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Do what a checked form asks and go back to the channel's page; say why where it cannot be.

    *do* returns the handle the channel then has; *again* shows the form with what was written.
    """
    try:
        if form.is_valid():
            handle = do()
            messages.success(request, _("Saved."))
            return redirect("studio_channel", handle)
    except CatalogRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    messages.error(request, first_error(form))
    return again() if again else redirect("studio_channel", handle)


@require_POST
@with_person
def edit(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Change what a channel says of itself."""
    found = channel_owned(handle, by=person)
    form = channel_form(found, _featurable(found, person), request.POST)

    def do() -> str:
        links = form.links_said()
        return channel_edit(
            by=person, handle=handle, **{**form.cleaned_data, "links": links}
        ).handle

    return channel_change(
        request, form, handle, do, lambda: _page(request, found, person, form=form)
    )


@require_POST
@with_person
def rename(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Give a channel another handle."""
    form = HandleForm(request.POST, auto_id="handle_%s")
    return channel_change(
        request,
        form,
        handle,
        lambda: channel_rename(by=person, handle=handle, wish=form.cleaned_data["handle"]).handle,
        lambda: channel_again(request, person, handle, handle_form=form),
    )


@require_POST
@with_person
def defaults(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Choose what new videos begin with."""
    found = channel_owned(handle, by=person)
    form = defaults_form(found, request.POST)
    return channel_change(
        request,
        form,
        handle,
        lambda: channel_defaults_set(by=person, handle=handle, defaults=form.defaults()).handle,
        lambda: _page(request, found, person, defaults_form=form),
    )


@require_POST
@with_person
def picture(request: HttpRequest, person: Person, handle: str, kind: str) -> HttpResponse:
    """Take in an avatar or banner, or take it away."""
    if kind not in KINDS:
        raise Http404
    if "drop" in request.POST:
        return channel_change(
            request,
            forms.Form(request.POST),
            handle,
            lambda: channel_picture_drop(by=person, handle=handle, kind=kind).handle,
        )
    form = ChannelImageForm(request.POST, request.FILES)

    def do() -> str:
        data = form.cleaned_data["image"].read(IMAGE_MAX_BYTES + 1)
        return channel_picture_bring(by=person, handle=handle, kind=kind, data=data).handle

    return channel_change(request, form, handle, do)


@require_POST
@with_person
def remove(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Delete a channel with its videos, once its handle was written."""
    said = request.POST.get("handle", "").strip().removeprefix("@").lower()
    if said != handle.lower():
        messages.error(request, _("Write the handle of the channel to delete it."))
        return redirect("studio_channel", handle)
    try:
        channel_remove(by=person, handle=handle)
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("studio_channel", handle)
    messages.success(request, _("The channel has been removed."))
    return redirect("studio_channels")
