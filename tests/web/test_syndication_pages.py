"""The studio's pages about syndication: for those who manage the channel, and nobody else."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.selectors.files import Offer, offer_of
from antenne.syndication.models import Delivery, FeedEntry, FeedSource, Webhook
from antenne.syndication.services.sources import source_add
from antenne.syndication.services.webhooks import webhook_create, webhook_try
from tests.factories.catalog import video_make
from tests.web.pages import client_of

ROOT = "/studio/channels/alice/syndication"


@pytest.fixture
def hook(channel: Channel) -> Webhook:
    """Alice's webhook, which was tried once."""
    made = webhook_create(
        by=channel.person,
        handle="alice",
        url="https://example.org/ear",
        events=["video.published"],
    )
    webhook_try(by=channel.person, webhook_id=made.pk)
    return made


@pytest.fixture
def source(channel: Channel) -> FeedSource:
    """A feed that fills Alice's channel; one entry was left out."""
    made = source_add(
        by=channel.person,
        handle="alice",
        url="https://example.org/feed",
        period_min=60,
        visibility="private",
    )
    FeedEntry.objects.create(
        home=made.home, source=made, guid="1", title="Low tide", state="skipped", reason="no_video"
    )
    return made


def places(hook: Webhook, source: FeedSource) -> list[str]:
    return [
        ROOT,
        f"{ROOT}/lint",
        f"{ROOT}/webhooks/{hook.pk}",
        f"{ROOT}/sources/{source.pk}",
    ]


def test_every_page_is_shown(alice: Person, hook: Webhook, source: FeedSource) -> None:
    video_make(source.channel)

    shown = [client_of(alice).get(place).content.decode() for place in places(hook, source)]

    assert "http://testserver/feeds/channel/alice/msn.xml" in shown[0]
    assert "1 is left out" in shown[1]
    assert "whsec_" in shown[2]
    assert "The entry names no video." in shown[3]


@pytest.mark.parametrize("who", ["bob", "charlie", None])
def test_strangers_see_and_change_nothing(
    hook: Webhook, source: FeedSource, bob: Person, charlie: Person, who: str | None
) -> None:
    client = client_of({"bob": bob, "charlie": charlie, None: None}[who])
    status = 302 if who is None else 404

    for place in places(hook, source):
        assert client.get(place).status_code == status
    for place, said in (
        (f"{ROOT}/offer", {}),
        (f"{ROOT}/webhooks", {"url": "https://x.example", "events": ["video.published"]}),
        (f"{ROOT}/webhooks/{hook.pk}/act", {"act": "remove"}),
        (f"{ROOT}/sources", {"url": "https://x.example", "period_min": 0, "visibility": "public"}),
        (f"{ROOT}/sources/{source.pk}/act", {"act": "remove"}),
    ):
        assert client.post(place, said).status_code == status

    assert (Webhook.objects.count(), FeedSource.objects.count()) == (1, 1)
    assert offer_of(source.channel) == Offer()


def test_the_offer_is_kept(alice: Person, channel: Channel) -> None:
    client_of(alice).post(f"{ROOT}/offer", {"with_rights": "on", "with_ahead": "on"})

    assert offer_of(channel) == Offer(files=False, rights=True, ahead=True)


def test_a_webhook_is_added_tried_paused_and_removed(alice: Person, channel: Channel) -> None:
    client = client_of(alice)
    said = {"url": "https://example.org/ear", "events": ["video.published", "video.removed"]}
    place = client.post(f"{ROOT}/webhooks", said)["Location"]
    for act in ("try", "pause", "resume"):
        assert client.post(f"{place}/act", {"act": act})["Location"] == place
    delivery = Delivery.objects.get()
    again = client.post(f"{place}/act", {"act": "again", "delivery": str(delivery.pk)})
    wrong = client.post(f"{place}/act", {"act": "again", "delivery": "nonsense"})
    gone = client.post(f"{place}/act", {"act": "remove"})

    assert (again.status_code, wrong.status_code, gone["Location"]) == (302, 404, ROOT)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("webhooks", {"url": "nonsense", "events": ["video.published"]}),
        ("webhooks", {"url": "https://example.org/", "events": []}),
        ("webhooks", {"url": "https://example.org/", "events": ["moon"]}),
        ("sources", {"url": "", "period_min": 60, "visibility": "public"}),
        ("sources", {"url": "https://example.org/", "period_min": 7, "visibility": "public"}),
        ("sources", {"url": "https://example.org/", "period_min": 60, "visibility": "password"}),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    alice: Person, channel: Channel, where: str, said: dict[str, object]
) -> None:
    answer = client_of(alice).post(f"{ROOT}/{where}", said)

    assert answer.status_code == 422
    assert b"field__error" in answer.content
    assert not Webhook.objects.exists()
    assert not FeedSource.objects.exists()
