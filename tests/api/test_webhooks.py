"""Webhooks of a channel, feeds that fill it, and decisions about it, over the API."""

from __future__ import annotations

from uuid import uuid4

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.channels import channel_default
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from antenne.moderation.models import Appeal
from antenne.syndication.models import Delivery, FeedEntry, FeedSource, Webhook
from tests.api.callers import Calls, kept, refused, said
from tests.factories.moderation import decision_make

HOOK = {"url": "https://example.org/hook", "events": ["video.published", "video.removed"]}
FEED = {"url": "https://example.org/feed.xml", "period_min": 60, "visibility": "private"}


def test_a_webhook_is_made_tried_stopped_and_forgotten(
    callers: dict[str, Calls], channel: Channel
) -> None:
    call = callers["alice"]
    made = said(call("POST", "/channels/alice/webhooks", HOOK))
    path = f"/webhooks/{made['id']}"

    tried = said(call("POST", f"{path}/try"))
    again = said(call("POST", f"/deliveries/{tried['id']}/again"))

    assert made["secret"].startswith("whsec_")
    assert (made["channel"], made["events"]) == ("alice", sorted(HOOK["events"]))
    listed = said(call.get("/channels/alice/webhooks"))["items"]
    assert listed == [{name: value for name, value in made.items() if name != "secret"}]
    assert said(call.get(path)) == made
    (delivery,) = said(call.get(f"{path}/deliveries"))["items"]
    assert delivery["id"] == tried["id"] == again["id"]
    assert said(call("PATCH", path, {"active": False}))["active"] is False
    assert call("DELETE", path).status_code == 204
    assert not Webhook.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("body", "code"), [
    ({**HOOK, "url": "ftp://example.org/"}, "invalid"),
    ({**HOOK, "url": "https://user:word@example.org/"}, "refused"),
    ({**HOOK, "events": []}, "invalid"),
    ({**HOOK, "events": ["video.magic"]}, "invalid"),
    ({**HOOK, "secret": "mine"}, "invalid"),
])  # fmt: skip
def test_nonsense_makes_no_webhook(
    callers: dict[str, Calls], channel: Channel, body: dict[str, object], code: str
) -> None:
    refused(callers["alice"]("POST", "/channels/alice/webhooks", body), 422, code)

    assert not Webhook.objects.exists()


def test_a_feed_fills_a_channel_until_it_is_paused(
    callers: dict[str, Calls], channel: Channel, video: Video
) -> None:
    call = callers["alice"]
    made = said(call("POST", "/channels/alice/sources", FEED))
    source, path = FeedSource.objects.get(), f"/sources/{made['id']}"
    for guid, state, about in (("1", "imported", video), ("2", "skipped", None)):
        FeedEntry.objects.create(
            home=source.home, source=source, guid=guid, title=guid, state=state, video=about
        )

    paused = said(call("PATCH", path, {"active": False}))

    assert (made["channel"], made["active"], made["imported"]) == ("alice", True, 0)
    assert (paused["active"], paused["imported"], paused["skipped"]) == (False, 1, 1)
    assert said(call.get("/channels/alice/sources"))["items"] == [paused] == [said(call.get(path))]
    entries = said(call.get(f"{path}/entries?size=1"))
    rest = said(call.get(f"{path}/entries?cursor={entries['next_cursor']}"))
    told = [(row["title"], row["video"]) for row in entries["items"] + rest["items"]]
    assert told == [("2", None), ("1", video.public_id)]
    assert call("DELETE", path).status_code == 204
    assert not FeedSource.objects.exists()


@pytest.mark.parametrize(("body", "code"), [
    ({**FEED, "url": "file:///etc/passwd"}, "invalid"),
    ({**FEED, "period_min": 7}, "invalid"),
    ({**FEED, "visibility": "password"}, "invalid"),
    ({}, "invalid"),
])  # fmt: skip
def test_nonsense_fills_no_channel(
    callers: dict[str, Calls], channel: Channel, body: dict[str, object], code: str
) -> None:
    refused(callers["alice"]("POST", "/channels/alice/sources", body), 422, code)

    assert not FeedSource.objects.exists()


def test_no_feed_fills_a_channel_where_imports_are_switched_off(
    callers: dict[str, Calls], channel: Channel
) -> None:
    setting_write(value=FeatureSettings(imports=False), by=None)

    refused(callers["alice"]("POST", "/channels/alice/sources", FEED), 422, "refused")

    assert not FeedSource.objects.exists()


def test_others_find_neither_webhook_nor_feed(callers: dict[str, Calls], channel: Channel) -> None:
    call = callers["alice"]
    hook = said(call("POST", "/channels/alice/webhooks", HOOK))["id"]
    told = said(call("POST", f"/webhooks/{hook}/try"))["id"]
    feed = said(call("POST", "/channels/alice/sources", FEED))["id"]
    before = kept(Webhook, Delivery, FeedSource)

    for name in ("bob", "charlie", "mona"):
        for key in (uuid4(), None):
            for method, path, body in (
                ("GET", f"/webhooks/{key or hook}", None),
                ("PATCH", f"/webhooks/{key or hook}", {"active": False}),
                ("DELETE", f"/webhooks/{key or hook}", None),
                ("POST", f"/webhooks/{key or hook}/try", None),
                ("GET", f"/webhooks/{key or hook}/deliveries", None),
                ("POST", f"/deliveries/{key or told}/again", None),
                ("GET", f"/sources/{key or feed}", None),
                ("PATCH", f"/sources/{key or feed}", {"active": False}),
                ("DELETE", f"/sources/{key or feed}", None),
                ("GET", f"/sources/{key or feed}/entries", None),
            ):
                refused(callers[name](method, path, body), 404, "not-found")

    assert kept(Webhook, Delivery, FeedSource) == before


def asked_of(call: Calls, hook: object, told: object) -> dict[str, int]:
    """Try everything with one webhook but to remove it; return each answer's status."""
    return {
        "read": call.get(f"/webhooks/{hook}").status_code,
        "change": call("PATCH", f"/webhooks/{hook}", {"active": True}).status_code,
        "try": call("POST", f"/webhooks/{hook}/try").status_code,
        "listed": call.get(f"/webhooks/{hook}/deliveries").status_code,
        "again": call("POST", f"/deliveries/{told}/again").status_code,
    }


@pytest.mark.parametrize(
    ("scope", "of_site", "of_channel"),
    [
        ("desk", {200, 202}, {403}),
        ("videos", {403}, {200, 202}),
        ("read", {403}, {200, 403}),
    ],
)
def test_webhooks_of_the_site_are_the_desks_and_those_of_channels_are_not(
    callers: dict[str, Calls], mona: Person, scope: str, of_site: set[int], of_channel: set[int]
) -> None:
    channel_default(person=mona)
    everything, call = callers["mona"], Calls(mona, scopes=[scope])
    answers = []
    for path in ("/desk/webhooks", "/channels/mona/webhooks"):
        hook = said(everything("POST", path, HOOK))["id"]
        told = said(everything("POST", f"/webhooks/{hook}/try"))["id"]
        before = kept(Webhook, Delivery)

        answers.append(asked_of(call, hook, told))

        if set(answers[-1].values()) == {403}:
            assert call("DELETE", f"/webhooks/{hook}").status_code == 403
            assert kept(Webhook, Delivery) == before

    assert [set(each.values()) for each in answers] == [of_site, of_channel]
    assert scope != "read" or [name for name, status in answers[1].items() if status == 200] == [
        "listed"
    ]


def test_whoever_is_concerned_reads_a_decision_and_appeals_once(
    callers: dict[str, Calls], video: Video, mona: Person
) -> None:
    decision = decision_make(video, by=mona)
    call, path = callers["alice"], f"/me/decisions/{decision.pk}"

    (read,) = said(call.get("/me/decisions"))["items"]
    made = said(call("POST", f"{path}/appeal", {"text": "It is a bird."}))

    assert (read["action"], read["kind"], read["appeal"]) == ("withdraw", "video", None)
    assert read["facts"] == "It shows somebody who did not agree."
    assert (made["state"], made["text"]) == ("open", "It is a bird.")
    assert said(call.get(path))["appeal"] == made
    refused(call("POST", f"{path}/appeal", {"text": "Really."}), 422, "refused")
    refused(callers["bob"].get(path), 404, "not-found")
    refused(callers["bob"]("POST", f"{path}/appeal", {"text": "Mine."}), 404, "not-found")
    assert Appeal.objects.get().text == "It is a bird."
