"""Webhooks: signed, tried again, visible; each told of its own channel only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound
from antenne.catalog.services.channels import channel_default
from antenne.catalog.services.videos import video_remove
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.syndication.models import Delivery, Webhook
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.services.webhooks import (
    ATTEMPTS_MAX,
    HOOKS_MOST,
    PushDelayed,
    delivery_again,
    delivery_send,
    webhook_create,
    webhook_remove,
    webhook_secret,
    webhook_switch,
    webhook_try,
)
from tests.community.test_at_once import all_at_once
from tests.factories.catalog import video_make
from tests.sites import Site
from tests.syndication.listening import Ear

EVENTS = ["video.published", "video.removed", "video.completed"]
Told = Callable[[], int]


@pytest.fixture
def ear(own: Site) -> Ear:
    """A receiver at /ear of another site."""
    own.pages["/ear"] = Ear()
    return own.pages["/ear"]  # type: ignore[return-value]  # it was put there just now


@pytest.fixture
def hook(channel: Channel, own: Site, ear: Ear) -> Webhook:
    """Alice's webhook."""
    return webhook_create(by=channel.person, handle="alice", url=own.url("/ear"), events=EVENTS)


def owner(hook: Webhook) -> Person:
    assert hook.person is not None
    return hook.person


def events(ear: Ear) -> list[str]:
    return [json.loads(body)["type"] for body in ear.bodies]


def test_what_is_published_is_told_signed(hook: Webhook, ear: Ear, told: Told) -> None:
    video = video_make(hook.channel or channel_default(person=owner(hook)), title="Swans & geese")

    told()

    (body,), (headers,) = ear.bodies, ear.headers
    said = json.loads(body)
    assert (said["type"], said["data"]["id"]) == ("video.published", video.public_id)
    assert said["data"]["title"] == "Swans & geese"
    key = base64.b64decode(webhook_secret(hook).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert (Delivery.objects.get().state, Delivery.objects.get().status) == ("delivered", 200)


def test_what_is_taken_back_is_told(channel: Channel, hook: Webhook, ear: Ear, told: Told) -> None:
    hidden, removed = video_make(channel), video_make(channel)
    private = Showing(visibility="private")
    visibility_set(by=channel.person, public_id=hidden.public_id, showing=private)
    video_remove(by=channel.person, public_id=removed.public_id)

    told()

    bodies = [json.loads(body) for body in ear.bodies]
    gone = [body["data"]["id"] for body in bodies if body["type"] == "video.removed"]
    assert sorted(gone) == sorted([hidden.public_id, removed.public_id])


def test_nobody_is_told_of_somebody_elses_channel(
    hook: Webhook, bob: Person, ear: Ear, told: Told
) -> None:
    video_make(channel_default(person=bob))

    told()

    assert ear.bodies == []


def test_the_sites_own_webhook_is_told_of_what_is_public(
    channel: Channel, mona: Person, own: Site, ear: Ear, told: Told
) -> None:
    webhook_create(by=mona, handle="", url=own.url("/ear"), events=EVENTS)
    video_make(channel)
    video_make(channel, visibility="private")
    told()

    assert events(ear) == ["video.published"]


def test_a_receiver_that_fails_is_tried_again_and_given_up(hook: Webhook, ear: Ear) -> None:
    ear.status = 500
    delivery = webhook_try(by=owner(hook), webhook_id=hook.pk)

    for _attempt in range(ATTEMPTS_MAX - 1):
        with pytest.raises(PushDelayed):
            delivery_send(delivery_id=delivery.pk)
    delivery_send(delivery_id=delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.attempts) == ("failed", 500, ATTEMPTS_MAX)
    assert {headers["webhook-id"] for headers in ear.headers} == {str(delivery.pk)}


def test_it_is_sent_again_by_hand(hook: Webhook, ear: Ear, told: Told) -> None:
    ear.status = 410
    delivery = webhook_try(by=owner(hook), webhook_id=hook.pk)
    told()
    hook.refresh_from_db()
    ear.status, active = 200, hook.active

    webhook_switch(by=owner(hook), webhook_id=hook.pk, active=True)
    delivery_again(by=owner(hook), delivery_id=delivery.pk)
    told()

    delivery.refresh_from_db()
    assert (active, delivery.state, len(ear.bodies)) == (False, "delivered", 2)


def test_nothing_goes_to_a_closed_address(channel: Channel, told: Told) -> None:
    url = "http://127.0.0.1:9/ear"
    hook = webhook_create(by=channel.person, handle="alice", url=url, events=EVENTS)
    delivery = webhook_try(by=channel.person, webhook_id=hook.pk)

    with pytest.raises(PushDelayed):
        delivery_send(delivery_id=delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.status, delivery.answer[:15]) == (None, "address_refused")


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_strangers_reach_no_webhook(
    hook: Webhook, bob: Person, charlie: Person, who: str, own: Site
) -> None:
    stranger = {"bob": bob, "charlie": charlie}[who]
    delivery = webhook_try(by=owner(hook), webhook_id=hook.pk)
    jobs = ProcrastinateJob.objects.count()

    for attempt in (
        lambda: webhook_create(by=stranger, handle="alice", url=own.url("/x"), events=EVENTS),
        lambda: webhook_create(by=stranger, handle="", url=own.url("/x"), events=EVENTS),
        lambda: webhook_switch(by=stranger, webhook_id=hook.pk, active=False),
        lambda: webhook_try(by=stranger, webhook_id=hook.pk),
        lambda: delivery_again(by=stranger, delivery_id=delivery.pk),
        lambda: webhook_remove(by=stranger, webhook_id=hook.pk),
    ):
        with pytest.raises(NotFound):
            attempt()

    assert Webhook.objects.get().active
    assert ProcrastinateJob.objects.count() == jobs


@pytest.mark.parametrize("url", ["", "ftp://example.org", "http://", "http://me@example.org/", "x"])
def test_only_addresses_of_the_web_are_told(channel: Channel, url: str) -> None:
    with pytest.raises(SyndicationRefused):
        webhook_create(by=channel.person, handle="alice", url=url, events=EVENTS)

    assert not Webhook.objects.exists()


def test_the_secret_is_kept_sealed(hook: Webhook) -> None:
    assert webhook_secret(hook).startswith("whsec_")
    assert webhook_secret(hook) not in hook.secret


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("handle", ["alice", ""])
def test_two_at_once_make_no_webhook_too_many(channel: Channel, mona: Person, handle: str) -> None:
    by = channel.person if handle else mona
    refusals = []

    def add() -> None:
        try:
            webhook_create(by=by, handle=handle, url="https://example.org/ear", events=EVENTS)
        except SyndicationRefused as refusal:
            refusals.append(str(refusal))

    for _each in range(HOOKS_MOST - 1):
        add()
    all_at_once(add, add, add)

    assert Webhook.objects.count() == HOOKS_MOST
    assert refusals == ["These are too many webhooks."] * 2
