"""The page of subscriptions, and lists of channels that come and go as OPML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from antenne.catalog.selectors.tallies import tallies_of
from antenne.community.opml import BYTES_MAX, OpmlRefused, Outline, handles_of, opml_write
from antenne.community.selectors.follows import follows_of, videos_followed
from antenne.community.services.follows import FOLLOWS_MAX, channels_follow
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.web.cards import card_page
from antenne.web.community.acting import acting
from antenne.web.paging import page_asked
from antenne.web.viewer import onlooker_for, with_person
from antenne.web.watch.meta import site_url

if TYPE_CHECKING:
    from antenne.accounts.models import Person


class OpmlForm(forms.Form):
    """A list of channels to follow."""

    file = forms.FileField(
        label=gettext_lazy("A list of channels (OPML)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".opml,.xml,text/x-opml"}),
    )


@require_safe
@with_person
def subscriptions(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what the channels that one follows have published, the latest first."""
    rows = onlooker_for(request).of(videos_followed(person))
    page = page_asked(request, rows, by="published_at")
    follows = follows_of(person).order_by("-created_at")[:24]
    context = {"page": card_page(page, person), "follows": list(follows)}
    return render(request, "community/subscriptions.html", context)


@require_safe
@with_person
def channels(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the channels that one follows, to leave or to silence them."""
    page = page_asked(request, follows_of(person), by="created_at", size=50)
    counted = tallies_of([row.channel_id for row in page.rows])
    rows = [(row, counted.get(row.channel_id, {}).get("followers", 0)) for row in page.rows]
    context = {"page": page, "rows": rows, "form": OpmlForm()}
    return render(request, "community/channels.html", context)


@require_safe
@with_person
def opml(request: HttpRequest, person: Person) -> HttpResponse:
    """Hand out the channels that one follows as a file."""
    outlines = [
        Outline(
            title=row.channel.name,
            page_url=site_url(request, reverse("channel", args=[row.channel.handle])),
            feed_url=site_url(request, f"/feeds/channel/{row.channel.handle}/rss.xml"),
        )
        for row in follows_of(person).order_by("created_at")[:FOLLOWS_MAX]
    ]
    title = _("Subscriptions on %(site)s") % {"site": setting_of(SiteSettings).name}
    response = HttpResponse(opml_write(outlines, title=title), content_type="text/x-opml")
    response["Content-Disposition"] = 'attachment; filename="subscriptions.opml"'
    return response


@acting
def opml_bring(request: HttpRequest, person: Person) -> HttpResponse:
    """Follow the channels of this site that a file names."""
    form = OpmlForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(row[0]) for row in form.errors.values()))
        return redirect("subscribed_channels")
    try:
        handles = handles_of(form.cleaned_data["file"].read(BYTES_MAX + 1))
    except OpmlRefused:
        messages.error(request, _("This file is no list of channels that can be read."))
        return redirect("subscribed_channels")
    count = channels_follow(by=person, handles=handles)
    words = ngettext(
        "You follow %(count)s more channel.", "You follow %(count)s more channels.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("subscribed_channels")
