"""The site's own webhooks: addresses told of every public video, and what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.selectors.webhooks import deliveries_of, webhook_owned, webhooks_of
from antenne.syndication.services.webhooks import webhook_create, webhook_secret
from antenne.web.desk.shell import desk_render
from antenne.web.paging import page_asked
from antenne.web.studio.syndication import webhook_acted
from antenne.web.studio.syndication_forms import WebhookForm
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@with_operator
def webhooks(request: HttpRequest, operator: Person) -> HttpResponse:
    """List the site's webhooks, and add one."""
    form = WebhookForm(request.POST or None)
    try:
        if form.is_valid():
            made = webhook_create(by=operator, handle="", **form.cleaned_data)
            return redirect("desk_webhook", made.pk)
    except SyndicationRefused as refusal:
        form.add_error("url", str(refusal))
    context = {"webhooks": webhooks_of(None), "form": form}
    status = 422 if form.errors else 200
    return desk_render(request, operator, "webhooks.html", context, status=status)


@require_safe
@with_operator
def webhook(request: HttpRequest, operator: Person, webhook_id: UUID) -> HttpResponse:
    """Show a webhook of the site, its secret and what it was told."""
    found = webhook_owned(webhook_id, by=operator)
    page = page_asked(request, deliveries_of(found), by="created_at")
    context = {"webhook": found, "secret": webhook_secret(found), "page": page}
    return desk_render(request, operator, "webhook.html", context)


@require_POST
@with_operator
def act(request: HttpRequest, operator: Person, webhook_id: UUID) -> HttpResponse:
    """Try, pause, take up again or remove a webhook, or send one of its messages again."""
    if webhook_acted(request, operator, webhook_id) == "remove":
        return redirect("desk_webhooks")
    return redirect("desk_webhook", webhook_id)
