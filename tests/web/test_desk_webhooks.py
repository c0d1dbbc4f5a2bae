"""Webhooks of the site at the desk: added, tried, sent again, paused, removed, and noted."""

from __future__ import annotations

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.custody.models import AuditEntry
from antenne.syndication.models import Delivery, Webhook
from antenne.syndication.services.webhooks import webhook_create
from tests.web.pages import client_of

FIELDS = {"url": "https://example.org/heard", "events": ["video.published"]}


def test_mona_adds_tries_pauses_and_removes_a_webhook(mona: Person) -> None:
    browser = client_of(mona)

    page = browser.post("/desk/webhooks", FIELDS).headers["Location"]
    hook = Webhook.objects.get()
    assert (hook.channel, hook.url, page) == (None, FIELDS["url"], f"/desk/webhooks/{hook.pk}")
    assert "https://example.org/heard" in browser.get("/desk/webhooks").content.decode()
    browser.post(f"{page}/act", {"act": "try"})
    sent = Delivery.objects.get()
    Delivery.objects.update(state="failed", status=500, answer="out of order", attempts=8)
    shown = browser.get(page).content.decode()
    assert "out of order" in shown
    browser.post(f"{page}/act", {"act": "again", "delivery": str(sent.pk)})
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == ("waiting", 0)
    for act in ("pause", "remove"):
        browser.post(f"{page}/act", {"act": act})

    assert not Webhook.objects.exists()
    deeds = AuditEntry.objects.order_by("created_at").values_list("action", "before", "after")
    said = {"url": FIELDS["url"], "events": FIELDS["events"]}
    assert list(deeds) == [
        ("webhook.added", {}, said),
        ("webhook.switched", {"active": True}, {"active": False}),
        ("webhook.removed", said, {}),
    ]


def test_what_is_no_address_is_said_beside_the_field(mona: Person) -> None:
    answer = client_of(mona).post("/desk/webhooks", {**FIELDS, "url": "https://me@example.org/"})

    assert answer.status_code == 422
    assert not Webhook.objects.exists()


def test_what_a_channel_does_is_not_in_the_log(alice: Person, channel: Channel) -> None:
    webhook_create(by=alice, handle=channel.handle, **FIELDS)  # type: ignore[arg-type]

    assert not AuditEntry.objects.exists()


def test_for_everybody_else_there_are_no_webhooks_of_the_site(mona: Person, alice: Person) -> None:
    hook = webhook_create(by=mona, handle="", **FIELDS)  # type: ignore[arg-type]
    paths = ("/desk/webhooks", f"/desk/webhooks/{hook.pk}")

    browser = client_of(alice)

    assert [browser.get(path).status_code for path in paths] == [404, 404]
    assert browser.post("/desk/webhooks", FIELDS).status_code == 404
    assert browser.post(f"{paths[1]}/act", {"act": "remove"}).status_code == 404
    assert Webhook.objects.count() == 1
