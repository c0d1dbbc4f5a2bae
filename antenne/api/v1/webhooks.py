"""Webhooks of channels, and of the whole site for those who run it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from antenne.accounts.scopes import Scope
from antenne.api.v1.callers import ApiRequest, scope_need
from antenne.api.v1.fields import Asked, WebAddress
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, listed
from antenne.catalog.selectors.channels import channel_owned
from antenne.syndication.selectors.webhooks import (
    deliveries_of,
    delivery_owned,
    webhook_owned,
    webhooks_of,
)
from antenne.syndication.services.webhooks import (
    delivery_again,
    webhook_create,
    webhook_remove,
    webhook_secret,
    webhook_switch,
    webhook_try,
)
from antenne.syndication.states import DeliveryState, HookEvent

if TYPE_CHECKING:
    from antenne.syndication.models import Delivery, Webhook

router = Router(tags=["webhooks"])


class WebhookAsked(Asked):
    """Which address is told, and of what."""

    url: WebAddress
    events: list[HookEvent] = Field(min_length=1, max_length=10)


class WebhookSwitched(Asked):
    """Whether it is told."""

    active: bool


class WebhookOut(Schema):
    """An address that is told; `channel` is null where it hears of the whole site."""

    id: UUID
    channel: str | None
    url: str
    events: list[HookEvent]
    active: bool
    failures: int = Field(description="How many messages in a row never arrived.")
    created_at: datetime


class WebhookKeptOut(WebhookOut):
    """A webhook with the secret that the receiver checks signatures with."""

    secret: str


class DeliveryOut(Schema):
    """A message; its id is the `webhook-id` that the receiver reads."""

    id: UUID
    event: str
    state: DeliveryState
    attempts: int
    status: int | None = Field(description="What the receiver answered last.")
    answer: str
    body: str
    created_at: datetime
    tried_at: datetime | None


def webhook_out(row: Webhook) -> WebhookOut:
    """Say a webhook."""
    return WebhookOut(
        id=row.pk,
        channel=row.channel.handle if row.channel else None,
        url=row.url,
        events=[HookEvent(event) for event in row.events],
        active=row.active,
        failures=row.failures,
        created_at=row.created_at,
    )


def webhook_kept_out(row: Webhook) -> WebhookKeptOut:
    """Say a webhook and its secret."""
    return WebhookKeptOut(**webhook_out(row).model_dump(), secret=webhook_secret(row))


def _delivery_out(row: Delivery) -> DeliveryOut:
    return DeliveryOut.from_orm(row)


def _named(request: ApiRequest, webhook_id: UUID) -> Webhook:
    """Return a webhook that the caller may see, with a scope for what it hears of."""
    found = webhook_owned(webhook_id, by=request.auth.person)
    _scope_need(request, found)
    return found


def _scope_need(request: ApiRequest, webhook: Webhook) -> None:
    """Ask for the desk's scope where a webhook hears of the whole site, else for another."""
    if webhook.channel is None:
        scope_need(request, Scope.DESK)
    elif request.method == "GET":
        scope_need(request, Scope.READ, Scope.VIDEOS)
    else:
        scope_need(request, Scope.VIDEOS)


@router.get("/channels/{handle}/webhooks", response=Listed[WebhookOut])
def webhooks_list(request: ApiRequest, handle: str, asked: Paging) -> Listed[WebhookOut]:
    """List the webhooks of a channel that one may manage, the newest first."""
    rows = webhooks_of(channel_owned(handle, by=request.auth.person))
    return listed(asked.of(rows, by="created_at"), webhook_out)


@router.post("/channels/{handle}/webhooks", response={201: WebhookKeptOut})
def webhook_make(request: ApiRequest, handle: str, asked: WebhookAsked) -> Status[WebhookKeptOut]:
    """Tell an address of a channel's videos."""
    events = [event.value for event in asked.events]
    by = request.auth.person
    return Status(
        201, webhook_kept_out(webhook_create(by=by, handle=handle, url=asked.url, events=events))
    )


@router.get("/webhooks/{uuid:webhook_id}", response=WebhookKeptOut)
def webhook_read(request: ApiRequest, webhook_id: UUID) -> WebhookKeptOut:
    """Read a webhook with its secret."""
    return webhook_kept_out(_named(request, webhook_id))


@router.patch("/webhooks/{uuid:webhook_id}", response=WebhookOut)
def webhook_change(request: ApiRequest, webhook_id: UUID, asked: WebhookSwitched) -> WebhookOut:
    """Stop a webhook, or let it be told again."""
    _named(request, webhook_id)
    by = request.auth.person
    return webhook_out(webhook_switch(by=by, webhook_id=webhook_id, active=asked.active))


@router.delete("/webhooks/{uuid:webhook_id}", response={204: None})
def webhook_delete(request: ApiRequest, webhook_id: UUID) -> Status[None]:
    """Forget a webhook and what it was told."""
    _named(request, webhook_id)
    webhook_remove(by=request.auth.person, webhook_id=webhook_id)
    return Status(204, None)


@router.post("/webhooks/{uuid:webhook_id}/try", response={202: DeliveryOut})
def webhook_test(request: ApiRequest, webhook_id: UUID) -> Status[DeliveryOut]:
    """Send a message that says nothing, to see whether it arrives."""
    _named(request, webhook_id)
    return Status(202, _delivery_out(webhook_try(by=request.auth.person, webhook_id=webhook_id)))


@router.get("/webhooks/{uuid:webhook_id}/deliveries", response=Listed[DeliveryOut])
def webhook_deliveries(request: ApiRequest, webhook_id: UUID, asked: Paging) -> Listed[DeliveryOut]:
    """List what a webhook was told in the last thirty days, the latest first."""
    rows = deliveries_of(_named(request, webhook_id))
    page = asked.of(rows, by="created_at")
    return listed(page, _delivery_out)


@router.post("/deliveries/{uuid:delivery_id}/again", response={202: DeliveryOut})
def delivery_repeat(request: ApiRequest, delivery_id: UUID) -> Status[DeliveryOut]:
    """Send a message once more, with the id it has."""
    by = request.auth.person
    _scope_need(request, delivery_owned(delivery_id, by=by).webhook)
    return Status(202, _delivery_out(delivery_again(by=by, delivery_id=delivery_id)))
