"""Blocked people, channels and words: the page, and the buttons that block."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antenne.catalog.selectors.channels import channel_by_handle
from antenne.community.selectors.blocks import channels_blocked, people_blocked, words_blocked
from antenne.community.services.blocks import (
    channel_block,
    channel_unblock,
    person_block,
    person_unblock,
    word_block,
    word_unblock,
)
from antenne.kernel.pagination import page_of
from antenne.web.community.acting import acting, wished
from antenne.web.entrance import came_from, is_htmx
from antenne.web.paging import page_asked
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@require_safe
@with_person
def blocks(request: HttpRequest, person: Person) -> HttpResponse:
    """Show whom and what one has blocked."""
    people = people_blocked(person)
    page = page_asked(request, people, by="created_at", size=50)
    channels = page_of(
        channels_blocked(person),
        by="created_at",
        cursor=request.GET.get("channels", ""),
        size=50,
    )
    context = {"page": page, "channels": channels, "words": list(words_blocked(person))}
    return render(request, "community/blocks.html", context)


@acting
def block(request: HttpRequest, person: Person) -> HttpResponse:
    """Block somebody by their handle."""
    row = person_block(by=person, handle=request.POST.get("handle", ""))
    if is_htmx(request):
        return HttpResponse()
    messages.success(request, _("You do not read %(name)s any more.") % {"name": row.blocked.name})
    return redirect("blocks")


@acting
def unblock(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Take somebody off the list."""
    person_unblock(by=person, key=key)
    return redirect("blocks")


@acting
def channel(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Block a channel (`on` is 1), or let it back in."""
    found = channel_by_handle(handle)
    if wished(request):
        channel_block(by=person, channel=found)
        words = _("%(name)s stands in none of your lists any more.")
    else:
        channel_unblock(by=person, channel=found)
        words = _("%(name)s stands in your lists again.")
    messages.success(request, words % {"name": found.name})
    return redirect(came_from(request, reverse("blocks")))


@acting
def word(request: HttpRequest, person: Person) -> HttpResponse:
    """Block a word."""
    word_block(by=person, word=request.POST.get("word", ""))
    return redirect("blocks")


@acting
def unword(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Take a word off the list."""
    word_unblock(by=person, key=key)
    return redirect("blocks")
