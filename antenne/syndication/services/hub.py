"""A WebSub hub (https://www.w3.org/TR/websub/) for our own feeds: subscribe, verify, distribute."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta
from typing import Final
from urllib.parse import parse_qs, unquote, urlencode, urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import F

from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.custody.selectors import region_home
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.hosts import host_is_near, host_name
from antenne.kernel.sealing import text_seal, text_unseal
from antenne.processes.web import WebAnswer, WebBounds, WebQuestion, WebRefused, web_ask
from antenne.syndication.feeds.forms import FORMS
from antenne.syndication.models import HubIntent, HubSubscription
from antenne.syndication.places import Place, Scope
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.selectors.feeds import feed_of
from antenne.syndication.services.taking import feed_taken
from antenne.syndication.services.webhooks import PushDelayed, address_check

SEAL: Final = "websub"
LEASE_S: Final = 10 * 24 * 3600
LEASE_LEAST_S: Final = 300
LEASE_MOST_S: Final = 30 * 24 * 3600
SECRET_MOST_BYTES: Final = 200
SUBSCRIBERS_MOST: Final = 10_000
FAILURES_MOST: Final = 5
_GONE: Final = 410
_TOPIC: Final = re.compile(
    r"/feeds/(?:(?P<kind>channel|category|tag|playlist)/(?P<key>[^/]+)/)?(?P<form>[^/]+)"
)


def topic_of(address: str, *, place: Place) -> tuple[Scope, str, str]:
    """Return scope, form and path of a feed of ours; raise `SyndicationRefused`."""
    parts = urlsplit(address)
    found = _TOPIC.fullmatch(parts.path)
    here = f"{parts.scheme}://{parts.netloc}"
    if here != place.site or found is None or found["form"] not in FORMS:
        raise SyndicationRefused("hub.topic is no feed of this site")
    language = parse_qs(parts.query).get("language", [""])[0][:8]
    scope = Scope(found["kind"] or "site", unquote(found["key"] or ""), language)
    return scope, found["form"], scope.path(found["form"])


@transaction.atomic
def hub_ask(*, asked: dict[str, str], place: Place) -> None:
    """Take a request to subscribe or not; raise `SyndicationRefused` where it cannot be right."""
    mode, callback = asked.get("hub.mode", ""), asked.get("hub.callback", "")
    if mode not in {"subscribe", "unsubscribe"}:
        raise SyndicationRefused("hub.mode is neither subscribe nor unsubscribe")
    address_check(callback)
    _site_check(place)
    scope, form, path = topic_of(asked.get("hub.topic", ""), place=place)
    try:
        feed_of(scope, form, place=place)
    except NotFound as error:
        raise SyndicationRefused("hub.topic is no feed of this site") from error
    secret = asked.get("hub.secret", "")
    if len(secret.encode()) >= SECRET_MOST_BYTES or len(callback) > 2000 or len(path) > 600:  # noqa: PLR2004 - the columns
        raise SyndicationRefused("hub.secret or an address is too long")
    intent = HubIntent.objects.create(
        home=region_home().code,
        mode=mode,
        topic=place.site + path,
        callback=callback,
        secret=text_seal(environment().secret, SEAL, secret) if secret else "",
        lease_s=_lease_of(asked.get("hub.lease_seconds", "")),
    )
    fact_record(Fact("hub.asked", {"intent": str(intent.pk)}))


def _site_check(place: Place) -> None:
    """Refuse a name that only the request has said: what is pushed would lead there for weeks."""
    if not environment().public_url and not host_is_near(host_name(place.site)):
        raise SyndicationRefused("this site has no public address yet: ANTENNE_PUBLIC_URL")


def _lease_of(text: str) -> int:
    wanted = int(text[:9]) if text.isascii() and text.isdigit() else LEASE_S
    return min(max(wanted, LEASE_LEAST_S), LEASE_MOST_S)


def intent_verify(*, intent_id: UUID) -> None:
    """Ask the address itself whether it meant it, and do as it says."""
    intent = HubIntent.objects.filter(pk=intent_id).first()
    if intent is None:
        return
    challenge = secrets.token_urlsafe(24)
    asked = {"hub.mode": intent.mode, "hub.topic": intent.topic, "hub.challenge": challenge}
    if intent.mode == "subscribe":
        asked["hub.lease_seconds"] = str(intent.lease_s)
    joint = "&" if urlsplit(intent.callback).query else "?"
    try:
        answer = web_ask(WebQuestion(f"{intent.callback}{joint}{urlencode(asked)}"), _bounds())
    except WebRefused:
        answer = None
    confirmed = answer is not None and _is_yes(answer) and answer.body.strip() == challenge.encode()
    _intent_settle(intent, confirmed=confirmed)


@transaction.atomic
def _intent_settle(intent: HubIntent, *, confirmed: bool) -> None:
    site, topic = _split(intent.topic)
    where = {"topic": topic, "callback": intent.callback, "home": intent.home}
    if confirmed and intent.mode == "unsubscribe":
        HubSubscription.objects.filter(**where).delete()
    elif confirmed and HubSubscription.objects.filter(topic=topic).count() < SUBSCRIBERS_MOST:
        until = now() + timedelta(seconds=intent.lease_s)
        said = {"site": site, "secret": intent.secret, "until": until, "failures": 0}
        HubSubscription.objects.update_or_create(
            topic=topic, callback=intent.callback, home=intent.home, defaults=said
        )
    intent.delete()


def _split(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return f"{parts.scheme}://{parts.netloc}", path


def _bounds() -> WebBounds:
    private = environment().import_private
    return WebBounds(max_bytes=4096, wall_s=15, cut=True, private=private)


def _is_yes(answer: WebAnswer) -> bool:
    return 200 <= answer.status < 300  # noqa: PLR2004 - HTTP's words for yes


@transaction.atomic
def topics_changed(*, channel: Channel, video: Video | None = None) -> int:
    """Queue what changed for every subscriber of a feed that a video stands in; return how many."""
    scopes = [("site", ""), ("channel", channel.handle)]
    if video is not None:
        scopes += [("category", video.category)] if video.category else []
        scopes += [("tag", tag) for tag in video.tags]
    spoken = video.language if video is not None else ""
    languages = {"", spoken, spoken.split("-")[0]}
    topics = [
        Scope(kind, key, language).path(form)
        for kind, key in scopes
        for language in languages
        for form in FORMS
    ]
    due = HubSubscription.objects.filter(topic__in=topics, until__gt=now())
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        fact_record(Fact("hub.due", {"subscription": str(key)}))
    return len(keys)


def subscription_push(*, subscription_id: UUID) -> None:
    """Send a subscriber the feed as it is now; raise `PushDelayed` where nobody took it."""
    row = HubSubscription.objects.filter(pk=subscription_id, until__gt=now()).first()
    if row is None:
        return
    edge = environment().media_url or _edge_beside(row.site)
    place = Place(site=row.site, edge=edge)
    try:
        scope, form, _path = topic_of(row.site + row.topic, place=place)
        feed = feed_of(scope, form, place=place)
    except (NotFound, SyndicationRefused):
        row.delete()
        return
    feed_taken(feed, form, address=str(row.pk))
    _outcome_note(row, _pushed(row, FORMS[form].type, FORMS[form].write(feed)))


def _edge_beside(site: str) -> str:
    parts = urlsplit(site)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{environment().edge_port}"


def _pushed(row: HubSubscription, content_type: str, body: bytes) -> int | None:
    topic = row.site + row.topic
    headers = {
        "Content-Type": content_type,
        "Link": f'<{row.site}/hub>; rel="hub", <{topic}>; rel="self"',
    }
    if row.secret:
        key = text_unseal(environment().secret, SEAL, row.secret).encode()
        digest = hmac.digest(key, body, hashlib.sha256).hex()
        headers["X-Hub-Signature"] = f"sha256={digest}"
    try:
        return web_ask(WebQuestion(row.callback, "POST", headers, body), _bounds()).status
    except WebRefused:
        return None


def _outcome_note(row: HubSubscription, status: int | None) -> None:
    """Forget who is gone or was silent too often; raise `PushDelayed` for the others."""
    mine = HubSubscription.objects.filter(pk=row.pk)
    if status is not None and 200 <= status < 300:  # noqa: PLR2004 - HTTP's words for yes
        mine.update(failures=0)
        return
    if status == _GONE or row.failures + 1 >= FAILURES_MOST:
        mine.delete()
        return
    mine.update(failures=F("failures") + 1)
    raise PushDelayed(str(row.pk))


def hub_clean() -> None:
    """Forget subscriptions that have run out and requests that were never confirmed."""
    HubSubscription.objects.filter(until__lt=now()).delete()
    HubIntent.objects.filter(created_at__lt=now() - timedelta(days=1)).delete()
