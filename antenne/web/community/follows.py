"""Following channels, and the page of what they publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from antenne.catalog.selectors.channels import channel_by_handle
from antenne.community.services.follows import channel_follow, channel_unfollow
from antenne.community.states import Bell
from antenne.web.community.acting import acting
from antenne.web.community.block import follow_block
from antenne.web.entrance import came_from, is_htmx

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@acting
def follow(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Follow a channel (`wish` is all or none, its bell), or stop (`wish` is stop)."""
    channel = channel_by_handle(handle)
    wish = request.POST.get("wish", Bell.ALL)
    if wish == "stop":
        channel_unfollow(by=person, channel=channel)
    else:
        channel_follow(by=person, channel=channel, bell=wish)
    if is_htmx(request):
        return render(request, "components/follow.html", {"follow": follow_block(channel, person)})
    return redirect(came_from(request, reverse("channel", args=[channel.handle])))
