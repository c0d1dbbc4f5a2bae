"""Webhooks, as Standard Webhooks (https://www.standardwebhooks.com) describes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.elsewhere import embeddable
from antenne.catalog.states import Visibility
from antenne.custody.models import Region
from antenne.custody.selectors import region_home
from antenne.custody.services import Act, audit_note
from antenne.delivery.selectors import picture_url
from antenne.kernel.clock import now, unix_s
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.sealing import text_seal, text_unseal
from antenne.processes.web import WebBounds, WebQuestion, WebRefused, web_ask
from antenne.syndication.feeds.words import rfc3339
from antenne.syndication.models import Delivery, Webhook
from antenne.syndication.places import place_here
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.selectors.webhooks import delivery_owned, webhook_owned, webhooks_told
from antenne.syndication.states import PING, DeliveryState, HookEvent

SEAL: Final = "webhook"
ATTEMPTS_MAX: Final = 8
HOOKS_MOST: Final = 10
FAILURES_MOST: Final = 20
"""So many messages that never arrived, one after the other, and nothing more is sent."""
KEPT_DAYS: Final = 30
_ANSWER_CHARS: Final = 500
_GONE: Final = 410
_PREFIX: Final = "whsec_"


class PushDelayed(Exception):
    """Nobody took it now; it is tried again later."""


@transaction.atomic
def webhook_create(*, by: Person, handle: str, url: str, events: list[str]) -> Webhook:
    """Tell an address of a channel's videos; with no handle, an operator's, of the site's."""
    channel = channel_owned(handle, by=by) if handle else None
    if channel is None and not (by.user and by.user.is_operator):
        raise NotFound(handle)
    address_check(url)
    if not events or set(events) - set(HookEvent.values):
        raise SyndicationRefused(_("Choose what it is told of."))
    _keeper_lock(channel)
    if Webhook.objects.filter(channel=channel).count() >= HOOKS_MOST:
        raise SyndicationRefused(_("These are too many webhooks."))
    webhook = Webhook.objects.create(
        home=channel.home if channel else region_home().code,
        channel=channel,
        person=by,
        url=url,
        secret=text_seal(environment().secret, SEAL, _secret_new()),
        events=sorted(set(events)),
    )
    _deed_note(webhook, "webhook.added", by=by, after={"url": url, "events": webhook.events})
    return webhook


def _keeper_lock(channel: Channel | None) -> None:
    """Let nobody else add to a channel, or to the site, until this transaction ends."""
    if channel is None:
        Region.objects.select_for_update(no_key=True).get(pk=region_home().pk)
    else:
        Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)


def _deed_note(
    webhook: Webhook,
    action: str,
    *,
    by: Person,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Note what an operator did to a webhook of the site; a channel's is its own affair."""
    if webhook.channel_id is None:
        act = Act(action, "webhook", str(webhook.pk), shown=webhook.url)
        audit_note(by=by.pk, act=act, before=before, after=after)


def address_check(url: str) -> None:
    """Raise `SyndicationRefused` for what is no address of the web; it is looked at again later."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise SyndicationRefused(_("This is not an address.")) from error
    plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or not plain:
        raise SyndicationRefused(_("This is not an address of the web."))


def _secret_new() -> str:
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def webhook_secret(webhook: Webhook) -> str:
    """Return the secret that the receiver checks signatures with."""
    return text_unseal(environment().secret, SEAL, webhook.secret)


@transaction.atomic
def webhook_switch(*, by: Person, webhook_id: UUID, active: bool) -> Webhook:
    """Stop a webhook, or let it be told again."""
    webhook = webhook_owned(webhook_id, by=by)
    before = {"active": webhook.active}
    webhook.active, webhook.failures = active, 0
    webhook.save(update_fields=["active", "failures"])
    _deed_note(webhook, "webhook.switched", by=by, before=before, after={"active": active})
    return webhook


@transaction.atomic
def webhook_remove(*, by: Person, webhook_id: UUID) -> None:
    """Forget a webhook and what it was told."""
    webhook = webhook_owned(webhook_id, by=by)
    said = {"url": webhook.url, "events": webhook.events}
    _deed_note(webhook, "webhook.removed", by=by, before=said)
    webhook.delete()


@transaction.atomic
def webhook_try(*, by: Person, webhook_id: UUID) -> Delivery:
    """Send a message that says nothing, so that its owner sees whether it arrives."""
    return _queue(webhook_owned(webhook_id, by=by), PING, {})


@transaction.atomic
def delivery_again(*, by: Person, delivery_id: UUID) -> Delivery:
    """Send a message once more, with the id it has."""
    owned = delivery_owned(delivery_id, by=by)
    found = Delivery.objects.select_for_update().get(pk=owned.pk)
    found.state, found.attempts = DeliveryState.WAITING, 0
    found.save(update_fields=["state", "attempts"])
    fact_record(Fact("webhook.queued", {"delivery": str(found.pk)}))
    return found


@transaction.atomic
def video_announce(*, video_id: UUID, event: str) -> None:
    """Queue a message for everybody who is told of an event of a video."""
    video = Video.objects.select_related("channel").filter(pk=video_id).first()
    if video is None:
        return
    public = video.visibility == Visibility.PUBLIC
    for webhook in webhooks_told(event=event, channel_id=video.channel_id, public=public):
        _queue(webhook, event, _said(video))


@transaction.atomic
def video_hidden_announce(*, channel: Channel, public_id: str) -> None:
    """Queue a message for everybody who is told when a public video is no longer public."""
    event, said = HookEvent.REMOVED, {"id": public_id, "channel": channel.handle}
    for webhook in webhooks_told(event=event, channel_id=channel.pk, public=True):
        _queue(webhook, event, said)


def _said(video: Video) -> dict[str, Any]:
    place = place_here()
    return {
        "id": video.public_id,
        "title": video.title,
        "visibility": video.visibility,
        "channel": video.channel.handle,
        "url": place.watch(video.public_id),
        "embed_url": place.embed(video.public_id) if embeddable(video) else None,
        "thumbnail_url": picture_url(video, edge=place.edge, path=video.poster) or None,
        "duration_ms": video.duration_ms,
        "published_at": rfc3339(video.published_at) if video.published_at else None,
    }


def _queue(webhook: Webhook, event: str, data: dict[str, Any]) -> Delivery:
    body = {"type": event, "timestamp": rfc3339(now()), "data": data}
    delivery = Delivery.objects.create(
        home=webhook.home,
        webhook=webhook,
        event=event,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )
    fact_record(Fact("webhook.queued", {"delivery": str(delivery.pk)}))
    return delivery


def signature_of(secret: str, *, message_id: str, sent_s: int, body: str) -> str:
    """Return the signature of a message, as the receiver computes it from the three headers."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{sent_s}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def delivery_send(*, delivery_id: UUID) -> None:
    """Send a message; raise `PushDelayed` where it is to be tried again.

    A receiver that gets it twice knows it by its id.
    """
    delivery = (
        Delivery.objects.select_related("webhook")
        .filter(pk=delivery_id, state=DeliveryState.WAITING, webhook__active=True)
        .first()
    )
    if delivery is None:
        return
    status, said = _ask(delivery)
    _outcome_note(delivery, status, said)
    if delivery.state == DeliveryState.WAITING:
        raise PushDelayed(str(delivery.pk))


def _ask(delivery: Delivery) -> tuple[int | None, str]:
    """Return the status and the beginning of the answer, or None and why there was none."""
    sent_s, message_id = unix_s(), str(delivery.pk)
    signature = signature_of(
        webhook_secret(delivery.webhook), message_id=message_id, sent_s=sent_s, body=delivery.body
    )
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(sent_s),
        "webhook-signature": signature,
    }
    asked = WebQuestion(delivery.webhook.url, "POST", headers, delivery.body.encode())
    private = environment().import_private
    bounds = WebBounds(max_bytes=4096, wall_s=15, cut=True, private=private)
    try:
        answer = web_ask(asked, bounds)
    except WebRefused as refused:
        return None, str(refused)
    return answer.status, answer.body.decode("utf-8", "replace")


@transaction.atomic
def _outcome_note(delivery: Delivery, status: int | None, said: str) -> None:
    clean = "".join(sign for sign in said if sign.isprintable() or sign in "\n\t")
    delivery.status, delivery.answer = status, clean[:_ANSWER_CHARS]
    delivery.attempts += 1
    delivery.tried_at = now()
    hook = Webhook.objects.filter(pk=delivery.webhook.pk)
    if status is not None and 200 <= status < 300:  # noqa: PLR2004 - HTTP's words for yes
        delivery.state = DeliveryState.DELIVERED
        hook.update(failures=0)
    elif status == _GONE or delivery.attempts >= ATTEMPTS_MAX:
        delivery.state = DeliveryState.FAILED
        hook.update(failures=F("failures") + 1)
        if status == _GONE:
            hook.update(active=False)
        hook.filter(failures__gte=FAILURES_MOST).update(active=False)
    delivery.save(update_fields=["status", "answer", "attempts", "tried_at", "state"])


def deliveries_forget() -> None:
    """Forget what was sent more than thirty days ago."""
    Delivery.objects.filter(created_at__lt=now() - timedelta(days=KEPT_DAYS)).delete()
