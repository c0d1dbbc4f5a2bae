"""Groups: the list, one with its discussions, its members and what its leaders decide."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from antenne.community.selectors.groups import (
    group_by_handle,
    groups_all,
    groups_of,
    may_lead,
    may_read,
    members_shown,
    role_in,
)
from antenne.community.selectors.posts import posts_of_group
from antenne.community.services.groups import (
    group_create,
    group_edit,
    group_join,
    group_leave,
    member_set,
)
from antenne.community.services.posts import group_post
from antenne.community.states import INSIDE, Joining, Role
from antenne.kernel.pagination import Page
from antenne.web.bodies import takes_bytes
from antenne.web.community.acting import acting
from antenne.web.community.post_cards import posts_context
from antenne.web.community.posts import POST_MAX_BYTES, DiscussionForm, words_of
from antenne.web.paging import page_asked
from antenne.web.viewer import viewer_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.community.models import Group, Post


class GroupForm(forms.Form):
    """What a group says of itself."""

    name = forms.CharField(label=_("Name"), max_length=80)
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    joining = forms.ChoiceField(label=_("How people come in"), choices=Joining.choices)


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Show all groups, and one's own above them."""
    viewer = viewer_of(request)
    page = page_asked(request, groups_all(), by="created_at")
    mine = list(groups_of(viewer)[:50]) if viewer else []
    context = {"page": page, "mine": mine, "form": GroupForm()}
    return render(request, "community/groups.html", context)


@acting
def found(request: HttpRequest, person: Person) -> HttpResponse:
    """Found a group."""
    made = group_create(
        by=person,
        name=request.POST.get("name", ""),
        about=request.POST.get("about", "")[:8000],
        joining=request.POST.get("joining", ""),
    )
    return redirect("group", made.handle)


@require_safe
def group(request: HttpRequest, handle: str) -> HttpResponse:
    """Show a group; its discussions where this viewer may read them."""
    viewer, shown = viewer_of(request), group_by_handle(handle)
    role = role_in(viewer, shown)
    page: Page[Post] = Page((), "")
    if may_read(role, shown):
        page = page_asked(request, posts_of_group(shown), by="created_at", size=12)
    context = {
        **_head(shown, role),
        "page": page,
        **posts_context(page.rows, viewer=viewer, kept=may_lead(role)),
        "form": DiscussionForm(),
    }
    return render(request, "community/group.html", context)


def _head(shown: Group, role: str) -> dict[str, object]:
    return {
        "group": shown,
        "role": role,
        "inside": role in INSIDE,
        "leading": may_lead(role),
        "owner": role == Role.OWNER,
        "readable": may_read(role, shown),
    }


@require_safe
@with_person
def members(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Show who is in a group, to its members alone."""
    shown = group_by_handle(handle)
    role = role_in(person, shown)
    if role not in INSIDE:
        return redirect("group", shown.handle)
    rows = members_shown(shown, role=role)
    page = page_asked(request, rows, by="created_at", size=50)
    initial = {"name": shown.name, "about": shown.about, "joining": shown.joining}
    context = {**_head(shown, role), "page": page, "form": GroupForm(initial=initial)}
    return render(request, "community/members.html", context)


@acting
def edit(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Change what a group says of itself."""
    changed = group_edit(
        by=person,
        group=group_by_handle(handle),
        name=request.POST.get("name", ""),
        about=request.POST.get("about", "")[:8000],
        joining=request.POST.get("joining", ""),
    )
    messages.success(request, str(_("Your choice is kept.")))
    return redirect("group_members", changed.handle)


@acting
def join(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Come in, or ask to; or leave (`wish` is leave)."""
    shown = group_by_handle(handle)
    if request.POST.get("wish") == "leave":
        group_leave(by=person, group=shown)
    else:
        group_join(by=person, group=shown)
    return redirect("group", shown.handle)


@acting
def member(request: HttpRequest, person: Person, handle: str, key: UUID) -> HttpResponse:
    """Let somebody in, give them a role, or ban them."""
    shown = group_by_handle(handle)
    member_set(by=person, group=shown, key=key, role=request.POST.get("role", ""))
    return redirect("group_members", shown.handle)


@takes_bytes(POST_MAX_BYTES)
@acting
def discuss(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Begin a discussion."""
    made = group_post(by=person, group=group_by_handle(handle), words=words_of(request))
    return redirect("post", made.public_id)
