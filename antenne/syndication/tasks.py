"""Worker entry points of syndication; `antenne.flow` says which fact calls which."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from antenne.syndication.services import announcing, hub, sources, webhooks

PUSH = "push"
RESCUE = "rescue"
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)
_PATIENT = RetryStrategy(max_attempts=webhooks.ATTEMPTS_MAX, exponential_wait=4)


@app.task(name="syndication.published_tell", queue=PUSH, retry=_RETRY)
def published_tell(*, video: str) -> None:
    """Tell webhooks and subscribers of a video that was published."""
    announcing.published_tell(video_id=UUID(video))


@app.task(name="syndication.completed_tell", queue=PUSH, retry=_RETRY)
def completed_tell(*, video: str) -> None:
    """Tell webhooks of a video that is complete."""
    announcing.completed_tell(video_id=UUID(video))


@app.task(name="syndication.changed_tell", queue=PUSH, retry=_RETRY)
def changed_tell(*, video: str) -> None:
    """Tell subscribers of a public video that says something else."""
    announcing.changed_tell(video_id=UUID(video))


@app.task(name="syndication.hidden_tell", queue=PUSH, retry=_RETRY)
def hidden_tell(*, channel: str, public_id: str) -> None:
    """Tell webhooks and subscribers of a video that is public no more."""
    announcing.hidden_tell(channel_id=UUID(channel), public_id=public_id)


@app.task(name="syndication.webhook_deliver", queue=PUSH, retry=_PATIENT)
def webhook_deliver(*, delivery: str) -> None:
    """Send a message to a webhook."""
    webhooks.delivery_send(delivery_id=UUID(delivery))


@app.task(name="syndication.hub_verify", queue=PUSH, retry=_RETRY)
def hub_verify(*, intent: str) -> None:
    """Ask an address whether it meant to subscribe."""
    hub.intent_verify(intent_id=UUID(intent))


@app.task(name="syndication.hub_push", queue=PUSH, retry=_PATIENT)
def hub_push(*, subscription: str) -> None:
    """Send a subscriber the feed as it is now."""
    hub.subscription_push(subscription_id=UUID(subscription))


@app.task(name="syndication.source_read", queue=PUSH, retry=_RETRY)
def source_read(*, source: str) -> None:
    """Read a feed that fills a channel."""
    sources.source_read(source_id=UUID(source))


@app.periodic(cron="* * * * *")
@app.task(name="syndication.sources_call", queue=RESCUE, queueing_lock="sources_call")
def sources_call(timestamp: int) -> None:
    """Call up the feeds that are due."""
    sources.sources_call()


@app.periodic(cron="53 * * * *")
@app.task(name="syndication.leftovers_forget", queue=RESCUE, queueing_lock="leftovers_forget")
def leftovers_forget(timestamp: int) -> None:
    """Forget old messages, and subscriptions that have run out."""
    webhooks.deliveries_forget()
    hub.hub_clean()
