"""WebSub: whoever confirms is sent the feed, signed, until the lease runs out."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta

import feedparser
import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from antenne.catalog.models import Channel
from antenne.kernel.clock import now
from antenne.syndication.models import HubIntent, HubSubscription
from antenne.syndication.services.hub import hub_clean
from tests.factories.catalog import video_make
from tests.sites import Site
from tests.syndication.listening import Ear

TOPIC = "http://testserver/feeds/channel/alice/rss.xml"
WORD = "between us"
Told = Callable[[], int]


@pytest.fixture
def ear(own: Site) -> Ear:
    """A subscriber at /ear of another site."""
    own.pages["/ear"] = Ear()
    return own.pages["/ear"]  # type: ignore[return-value]  # it was put there just now


def ask(own: Site, mode: str = "subscribe", **more: str) -> HttpResponse:
    said = {"hub.mode": mode, "hub.topic": TOPIC, "hub.callback": own.url("/ear?mine=1")}
    more = {f"hub.{name}": value for name, value in more.items()}
    answer: HttpResponse = Client().post("/hub", said | more)  # type: ignore[assignment]  # a test's own class
    return answer


def test_a_subscriber_is_sent_what_changes_signed(
    channel: Channel, own: Site, ear: Ear, told: Told
) -> None:
    assert ask(own, secret=WORD).status_code == 202
    told()
    video_make(channel, title="Swans")
    told()

    _challenge, body = ear.bodies
    digest = hmac.digest(WORD.encode(), body, hashlib.sha256).hex()
    assert ear.headers[1]["x-hub-signature"] == f"sha256={digest}"
    assert f'<{TOPIC}>; rel="self"' in ear.headers[1]["link"]
    assert [entry.title for entry in feedparser.parse(body).entries] == ["Swans"]


def test_the_feed_names_its_hub(channel: Channel) -> None:
    answer = Client().get("/feeds/channel/alice/rss.xml")

    links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
    assert (links["hub"], links["self"]) == ("http://testserver/hub", TOPIC)
    assert answer["Link"] == f'<http://testserver/hub>; rel="hub", <{TOPIC}>; rel="self"'


def test_whoever_does_not_confirm_is_not_subscribed(
    channel: Channel, own: Site, ear: Ear, told: Told
) -> None:
    ear.echo = False
    ask(own)
    told()
    video_make(channel)
    told()

    assert (HubSubscription.objects.count(), HubIntent.objects.count()) == (0, 0)
    assert len(ear.bodies) == 1


def test_it_ends_when_asked_or_run_out(channel: Channel, own: Site, ear: Ear, told: Told) -> None:
    ask(own)
    told()
    first = HubSubscription.objects.count()
    ask(own, mode="unsubscribe")
    told()
    second = HubSubscription.objects.count()
    ask(own)
    told()
    HubSubscription.objects.update(until=now() - timedelta(seconds=1))
    hub_clean()

    assert (first, second, HubSubscription.objects.count()) == (1, 0, 0)


def test_whoever_is_gone_is_forgotten(channel: Channel, own: Site, ear: Ear, told: Told) -> None:
    ask(own)
    told()
    ear.status = 410
    video_make(channel)
    told()

    assert not HubSubscription.objects.exists()


def test_a_private_video_is_not_told_of(channel: Channel, own: Site, ear: Ear, told: Told) -> None:
    ask(own)
    told()
    video_make(channel, visibility="unlisted")
    told()

    assert len(ear.bodies) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"topic": "http://elsewhere.example/feeds/rss.xml"},
        {"topic": "http://testserver/feeds/channel/nobody/rss.xml"},
        {"topic": "http://testserver/studio"},
        {"topic": ""},
        {"callback": "file:///etc/passwd"},
        {"callback": "http://user:word@example.org/"},
        {"mode": "publish"},
        {"secret": "x" * 200},
    ],
)
def test_what_cannot_be_right_is_refused(channel: Channel, own: Site, more: dict[str, str]) -> None:
    mode = more.pop("mode", "subscribe") if "mode" in more else "subscribe"

    assert ask(own, mode, **more).status_code == 400
    assert not HubIntent.objects.exists()


@override_settings(ALLOWED_HOSTS=["*"])
def test_nothing_is_pushed_under_a_name_that_a_stranger_made_up(
    channel: Channel, own: Site, ear: Ear, told: Told
) -> None:
    topic = TOPIC.replace("testserver", "evil.example")
    asked = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": own.url("/ear")}

    answer = Client(headers={"host": "evil.example"}).post("/hub", asked)

    told()
    assert (answer.status_code, ear.bodies) == (400, [])
    assert b"ANTENNE_PUBLIC_URL" in answer.content
    assert not HubIntent.objects.exists()
