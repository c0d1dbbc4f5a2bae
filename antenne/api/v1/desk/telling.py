"""Webhooks that hear of the whole site; one of them is changed like those of channels."""

from __future__ import annotations

from ninja import Router, Status

from antenne.accounts.selectors import operator_check
from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, listed
from antenne.api.v1.webhooks import (
    WebhookAsked,
    WebhookKeptOut,
    WebhookOut,
    webhook_kept_out,
    webhook_out,
)
from antenne.syndication.selectors.webhooks import webhooks_of
from antenne.syndication.services.webhooks import webhook_create

router = Router(tags=["desk"])


@router.get("/webhooks", response=Listed[WebhookOut])
def desk_webhooks(request: ApiRequest, asked: Paging) -> Listed[WebhookOut]:
    """List the webhooks that hear of the whole site, the newest first."""
    operator_check(request.auth.person)
    page = asked.of(webhooks_of(None), by="created_at")
    return listed(page, webhook_out)


@router.post("/webhooks", response={201: WebhookKeptOut})
def desk_webhook_make(request: ApiRequest, asked: WebhookAsked) -> Status[WebhookKeptOut]:
    """Tell an address of every public video of the site."""
    by = request.auth.person
    operator_check(by)
    events = [event.value for event in asked.events]
    made = webhook_create(by=by, handle="", url=asked.url, events=events)
    return Status(201, webhook_kept_out(made))
