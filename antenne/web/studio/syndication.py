"""What a channel hands to other sites and takes from them: feeds, webhooks, feeds that fill it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.files import offer_of
from antenne.catalog.services.files import offer_set
from antenne.syndication.feeds.forms import FORMS
from antenne.syndication.feeds.msn import msn_write
from antenne.syndication.lint.reading import feed_lint
from antenne.syndication.places import Scope
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.selectors.feeds import feed_of
from antenne.syndication.selectors.sources import (
    counts_of,
    entries_of,
    fetching_of,
    source_owned,
    sources_of,
)
from antenne.syndication.selectors.webhooks import deliveries_of, webhook_owned, webhooks_of
from antenne.syndication.services.sources import source_add, source_remove, source_switch
from antenne.syndication.services.webhooks import (
    delivery_again,
    webhook_create,
    webhook_remove,
    webhook_secret,
    webhook_switch,
    webhook_try,
)
from antenne.web.feeds.views import place_of
from antenne.web.paging import page_asked
from antenne.web.studio.source_words import entry_rows, fault_words
from antenne.web.studio.syndication_forms import OfferForm, SourceForm, WebhookForm
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Channel


@require_safe
@with_person
def page(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Show what a channel hands on and takes in."""
    return render(
        request, "studio/syndication.html", _context(request, channel_owned(handle, by=person))
    )


def _context(request: HttpRequest, channel: Channel, **forms_given: forms.Form) -> dict[str, Any]:
    place, scope, offer = place_of(request), Scope("channel", channel.handle), offer_of(channel)
    sources = list(sources_of(channel))
    counts = counts_of(sources)
    return {
        "channel": channel,
        "feeds": [(form.name, place.site + scope.path(name)) for name, form in FORMS.items()],
        "offer_form": OfferForm(
            {
                "with_files": offer.files,
                "with_ahead": offer.ahead,
                "with_rights": offer.rights,
            }
        ),
        "webhooks": webhooks_of(channel),
        "webhook_form": WebhookForm(auto_id="webhook_%s"),
        "sources": [(source, counts[source.pk], fault_words(source.fault)) for source in sources],
        "source_form": SourceForm(auto_id="source_%s"),
        **forms_given,
    }


@require_safe
@with_person
def lint(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Show what a portal would refuse of the channel's feed."""
    channel = channel_owned(handle, by=person)
    feed = feed_of(Scope("channel", channel.handle), "msn.xml", place=place_of(request))
    report = feed_lint(msn_write(feed, promised=True))
    context = {
        "channel": channel,
        "report": report,
        "findings": [(finding, finding.said(_)) for finding in report.findings],
        "left_out": len(feed.items) - report.items,
    }
    return render(request, "studio/feed_lint.html", context)


@require_POST
@with_person
def offer(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Keep what a channel hands on."""
    form = OfferForm(request.POST)
    if form.is_valid():
        offer_set(by=person, handle=handle, offer=form.offer())
        messages.success(request, _("Saved."))
    return redirect("studio_syndication", handle)


@require_POST
@with_person
def webhook_add(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Tell another address."""
    channel = channel_owned(handle, by=person)
    form = WebhookForm(request.POST, auto_id="webhook_%s")
    try:
        if form.is_valid():
            made = webhook_create(by=person, handle=handle, **form.cleaned_data)
            return redirect("studio_webhook", handle, made.pk)
    except SyndicationRefused as refusal:
        form.add_error("url", str(refusal))
    context = _context(request, channel, webhook_form=form)
    return render(request, "studio/syndication.html", context, status=422)


@require_safe
@with_person
def webhook(request: HttpRequest, person: Person, handle: str, webhook_id: UUID) -> HttpResponse:
    """Show a webhook, its secret and what it was told."""
    channel = channel_owned(handle, by=person)
    found = webhook_owned(webhook_id, by=person)
    shown = page_asked(request, deliveries_of(found), by="created_at")
    context = {
        "channel": channel,
        "webhook": found,
        "secret": webhook_secret(found),
        "page": shown,
    }
    return render(request, "studio/webhook.html", context)


@require_POST
@with_person
def webhook_act(
    request: HttpRequest, person: Person, handle: str, webhook_id: UUID
) -> HttpResponse:
    """Try, pause, take up again or remove a webhook, or send one of its messages again."""
    if webhook_acted(request, person, webhook_id) == "remove":
        return redirect("studio_syndication", handle)
    return redirect("studio_webhook", handle, webhook_id)


def webhook_acted(request: HttpRequest, person: Person, webhook_id: UUID) -> str:
    """Do what a page of a webhook was asked to, and return what that was."""
    act = request.POST.get("act", "")
    again = request.POST.get("delivery", "")
    acts: dict[str, Callable[[], object]] = {
        "try": lambda: webhook_try(by=person, webhook_id=webhook_id),
        "pause": lambda: webhook_switch(by=person, webhook_id=webhook_id, active=False),
        "resume": lambda: webhook_switch(by=person, webhook_id=webhook_id, active=True),
        "remove": lambda: webhook_remove(by=person, webhook_id=webhook_id),
        "again": lambda: delivery_again(by=person, delivery_id=_key(again)),
    }
    if act not in acts:
        raise Http404
    acts[act]()
    if act == "remove":
        messages.success(request, _("The webhook is gone."))
    return act


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(text[:40]) from error


@require_POST
@with_person
def source_begin(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Fill the channel from another feed."""
    channel = channel_owned(handle, by=person)
    form = SourceForm(request.POST, auto_id="source_%s")
    try:
        if form.is_valid():
            made = source_add(by=person, handle=handle, **form.cleaned_data)
            return redirect("studio_source", handle, made.pk)
    except (SyndicationRefused, CatalogRefused) as refusal:
        form.add_error("url", str(refusal))
    context = _context(request, channel, source_form=form)
    return render(request, "studio/syndication.html", context, status=422)


@require_safe
@with_person
def source(request: HttpRequest, person: Person, handle: str, source_id: UUID) -> HttpResponse:
    """Show what came from a feed: new, left out, failed, and why."""
    channel = channel_owned(handle, by=person)
    found = source_owned(source_id, by=person)
    shown = page_asked(request, entries_of(found), by="created_at")
    context = {
        "channel": channel,
        "source": found,
        "counts": counts_of([found])[found.pk],
        "fault": fault_words(found.fault),
        "rows": entry_rows(shown.rows, fetching_of(shown.rows)),
        "page": shown,
    }
    return render(request, "studio/source.html", context)


@require_POST
@with_person
def source_act(request: HttpRequest, person: Person, handle: str, source_id: UUID) -> HttpResponse:
    """Pause a feed, read it now or from now on, or stop it for good."""
    act = request.POST.get("act", "")
    acts: dict[str, Callable[[], object]] = {
        "pause": lambda: source_switch(by=person, source_id=source_id, active=False),
        "read": lambda: source_switch(by=person, source_id=source_id, active=True),
        "remove": lambda: source_remove(by=person, source_id=source_id),
    }
    if act not in acts:
        raise Http404
    acts[act]()
    if act == "remove":
        messages.success(request, _("This feed no longer fills the channel."))
        return redirect("studio_syndication", handle)
    return redirect("studio_source", handle, source_id)
