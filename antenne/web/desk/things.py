"""The desk's page of one channel, one video and one comment."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.dossiers import channel_known, comment_known, video_known
from antenne.moderation.services.channels import channel_give
from antenne.moderation.services.decisions import subject_decide
from antenne.web.desk.list_forms import GiveForm
from antenne.web.desk.reports import RulingForm
from antenne.web.desk.shell import desk_render
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.moderation.selectors.subjects import Subject


@with_operator
def video(request: HttpRequest, operator: Person, public_id: str) -> HttpResponse:
    """Show all about a video, and decide about it."""
    known = video_known(public_id, by=operator)
    form = RulingForm(request.POST or None).for_kind("video")
    if _decided(request, operator, known.dossier.subject, form):
        return redirect("desk_video", public_id)
    return desk_render(request, operator, "video.html", {"known": known, "form": form})


@with_operator
def channel(request: HttpRequest, operator: Person, handle: str) -> HttpResponse:
    """Show all about a channel, and decide about it."""
    known = channel_known(handle, by=operator)
    form = RulingForm(request.POST or None).for_kind("channel")
    if _decided(request, operator, known.dossier.subject, form):
        return redirect("desk_channel", handle)
    context = {"known": known, "form": form, "give_form": GiveForm(auto_id="give_%s")}
    return desk_render(request, operator, "channel.html", context)


@with_operator
def comment(request: HttpRequest, operator: Person, key: UUID) -> HttpResponse:
    """Show all about a comment, and decide about it."""
    known = comment_known(key, by=operator)
    form = RulingForm(request.POST or None).for_kind("comment")
    if _decided(request, operator, known.dossier.subject, form):
        return redirect("desk_comment", key)
    return desk_render(request, operator, "comment.html", {"known": known, "form": form})


def _decided(request: HttpRequest, operator: Person, subject: Subject, form: RulingForm) -> bool:
    """Decide what a checked form says; False where there is nothing to decide, or it is refused."""
    if not form.is_valid():
        return False
    try:
        subject_decide(by=operator, subject=subject, ruling=form.ruling())
    except ModerationRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Decided. Its owner is told."))
    return True


@require_POST
@with_operator
def give(request: HttpRequest, operator: Person, handle: str) -> HttpResponse:
    """Make a channel somebody else's."""
    form = GiveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Name the new owner, and say why."))
        return redirect("desk_channel", handle)
    try:
        channel_give(by=operator, handle=handle, **form.cleaned_data)
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The channel has a new owner. Both are told."))
    return redirect("desk_channel", handle)
