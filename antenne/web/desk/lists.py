"""Lists of people, channels, videos and comments, and what is done to several at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.refusals import NotFound
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.dossiers import subjects_chosen
from antenne.moderation.selectors.lists import (
    ListPage,
    channels_page,
    comments_page,
    people_page,
    videos_page,
)
from antenne.moderation.services.decisions import Decided, subjects_decide
from antenne.moderation.services.people import people_quota_set
from antenne.moderation.states import SubjectKind
from antenne.web.desk.list_forms import (
    ChannelsForm,
    CommentsForm,
    ListForm,
    PeopleForm,
    QuotaForm,
    VideosForm,
)
from antenne.web.desk.reports import RulingForm
from antenne.web.desk.shell import desk_render
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from collections.abc import Callable

    from antenne.accounts.models import Person

_AT_ONCE: Final = 100
_REASONS_SHOWN: Final = 5
_GB: Final = 10**9


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its template, its filters, where its rows come from, its address."""

    template: str
    form: type[ListForm]
    page: Callable[..., ListPage]
    address: str


LISTINGS: Final = {
    SubjectKind.PERSON: Listing("people.html", PeopleForm, people_page, "desk_people"),
    SubjectKind.CHANNEL: Listing("channels.html", ChannelsForm, channels_page, "desk_channels"),
    SubjectKind.VIDEO: Listing("videos.html", VideosForm, videos_page, "desk_videos"),
    SubjectKind.COMMENT: Listing("comments.html", CommentsForm, comments_page, "desk_comments"),
}


@require_safe
@with_operator
def listed(request: HttpRequest, operator: Person, kind: SubjectKind) -> HttpResponse:
    """Show a page of a list."""
    listing = LISTINGS[kind]
    form = listing.form(request.GET)
    asked = request.GET.copy()
    asked.pop("after", None)
    if not form.is_valid() or "\x00" in asked.urlencode():
        raise Http404
    page = listing.page(by=operator, asked=form.asked(), cursor=request.GET.get("after", ""))
    kept = [(name, value) for name, value in asked.items() if value]
    more = urlencode([*kept, ("after", page.next_cursor)])
    context = {"page": page, "form": form, "kind": kind.value, "more": more}
    return desk_render(
        request, operator, listing.template, {**context, "here": request.get_full_path()}
    )


@require_POST
@with_operator
def decide(request: HttpRequest, operator: Person, kind: SubjectKind) -> HttpResponse:
    """Ask for the reasons of a decision about what was chosen, and decide."""
    chosen = subjects_chosen(kind, request.POST.getlist("chosen")[:_AT_ONCE], by=operator)
    if not chosen:
        messages.error(request, _("Choose something first."))
        return redirect(_back(request, kind))
    posted = request.POST if "action" in request.POST else None
    form = RulingForm(posted).for_kind(kind)
    if form.is_valid():
        ruling = form.ruling()
        try:
            ruling.check(chosen[0])
        except ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say(request, subjects_decide(by=operator, subjects=chosen, ruling=ruling))
            return redirect(_back(request, kind))
    context = {"chosen": chosen, "form": form, "kind": kind.value, "back": _back(request, kind)}
    quota = QuotaForm() if kind == SubjectKind.PERSON else None
    return desk_render(request, operator, "decide.html", {**context, "quota_form": quota})


@require_POST
@with_operator
def quotas(request: HttpRequest, operator: Person) -> HttpResponse:
    """Give the chosen people the same quota."""
    form, back = QuotaForm(request.POST), _back(request, SubjectKind.PERSON)
    if not form.is_valid():
        messages.error(request, _("This quota cannot be."))
        return redirect(back)
    wish = form.cleaned_data["gigabytes"]
    quota = None if wish is None else int(wish * _GB)
    chosen = request.POST.getlist("chosen")[:_AT_ONCE]
    reason = request.POST.get("reason", "").replace("\x00", "")
    try:
        people_quota_set(by=operator, handles=chosen, quota_bytes=quota, reason=reason)
    except (ModerationRefused, NotFound) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect(back)


def _back(request: HttpRequest, kind: SubjectKind) -> str:
    """Return the page the operator came from, where it is one of ours."""
    wish = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(wish, {request.get_host()}, request.is_secure())
    return wish if wish and ours else LISTINGS[kind].address


def _say(request: HttpRequest, decided: Decided) -> None:
    """Say what was decided, and of each thing that was left why."""
    if decided.count:
        words = ngettext("%(count)s decision.", "%(count)s decisions.", decided.count)
        told = _("Those concerned are told.")
        messages.success(request, f"{words % {'count': decided.count}} {told}")
    for shown, reason in decided.left[:_REASONS_SHOWN]:
        messages.error(request, f"{shown[:60]}: {reason}")
    if len(decided.left) > _REASONS_SHOWN:
        more = len(decided.left) - _REASONS_SHOWN
        messages.error(request, _("%(count)s more were left as they were.") % {"count": more})
