"""Filling a channel from another publisher's feed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.services.visibility import Showing
from antenne.catalog.states import Visibility
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.pipeline.stages.upload import DayFull, UploadRefused, import_begin, imports_check
from antenne.processes.web import WebAnswer, WebBounds, WebQuestion, WebRefused, web_ask
from antenne.syndication.models import FeedEntry, FeedSource
from antenne.syndication.reading import (
    FEED_MAX_BYTES,
    Entry,
    FeedUnreadable,
    ReadFeed,
    feed_read,
)
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.selectors.sources import source_owned, sources_due
from antenne.syndication.services.webhooks import address_check
from antenne.syndication.states import EntryState, Period

SOURCES_MOST: Final = 20
ENTRIES_A_READING: Final = 20
"""How many new videos one reading begins; the others come with the next ones."""
ENTRIES_LOOKED_AT: Final = 500
FAILURES_MOST: Final = 10
_SILENT_MIN: Final = 24 * 60
_OPEN: Final = (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE)


@transaction.atomic
def source_add(
    *, by: Person, handle: str, url: str, period_min: int, visibility: str
) -> FeedSource:
    """Fill a channel from a feed, beginning now."""
    channel = channel_owned(handle, by=by)
    _imports_check()
    address_check(url)
    if period_min not in Period.values or visibility not in _OPEN:
        raise SyndicationRefused(_("Choose how often it is read, and who can watch."))
    Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
    if FeedSource.objects.filter(channel=channel).count() >= SOURCES_MOST:
        raise SyndicationRefused(_("These are too many feeds."))
    if FeedSource.objects.filter(channel=channel, url=url).exists():
        raise SyndicationRefused(_("This feed fills the channel already."))
    source = FeedSource.objects.create(
        home=channel.home,
        channel=channel,
        person=by,
        url=url,
        period_min=period_min,
        visibility=visibility,
    )
    fact_record(Fact("source.due", {"source": str(source.pk)}))
    return source


def _imports_check() -> None:
    try:
        imports_check()
    except UploadRefused as refusal:
        raise SyndicationRefused(str(refusal)) from refusal


@transaction.atomic
def source_switch(*, by: Person, source_id: UUID, active: bool) -> FeedSource:
    """Pause a feed, or read it again from now on."""
    source = source_owned(source_id, by=by)
    source.active, source.failures, source.fault = active, 0, ""
    source.save(update_fields=["active", "failures", "fault"])
    if active:
        fact_record(Fact("source.due", {"source": str(source.pk)}))
    return source


@transaction.atomic
def source_remove(*, by: Person, source_id: UUID) -> None:
    """Stop filling a channel from a feed; the videos that came stay."""
    source_owned(source_id, by=by).delete()


def sources_call() -> int:
    """Note the feeds that are due, each once; return how many."""
    if not setting_of(FeatureSettings).imports:
        return 0
    keys = list(sources_due(at=now()).values_list("pk", flat=True)[:100])
    for key in keys:
        with transaction.atomic():
            # Until it has been read, it is not due again for an hour.
            later = now() + timedelta(hours=1)
            if sources_due(at=now()).filter(pk=key).update(next_at=later):
                fact_record(Fact("source.due", {"source": str(key)}))
    return len(keys)


def source_read(*, source_id: UUID) -> None:
    """Read a feed and begin to import what is new in it; running again begins nothing twice."""
    source = (
        FeedSource.objects.select_related("channel__person", "person")
        .filter(pk=source_id, active=True)
        .first()
    )
    if source is None or not setting_of(FeatureSettings).imports:
        return
    try:
        answer = _ask(source)
        if answer.status == 304:  # noqa: PLR2004 - HTTP: nothing is new
            _read_note(source)
            return
        feed = feed_read(_body_of(answer))
    except (WebRefused, FeedUnreadable) as error:
        _failure_note(source, error.code)
        return
    whole = _entries_take(source, feed)
    _read_note(source, feed, answer if whole else None)


def _ask(source: FeedSource) -> WebAnswer:
    headers = {"Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9"}
    if source.etag:
        headers["If-None-Match"] = source.etag
    if source.modified:
        headers["If-Modified-Since"] = source.modified
    bounds = WebBounds(
        max_bytes=FEED_MAX_BYTES, wall_s=60, redirects=5, private=environment().import_private
    )
    return web_ask(WebQuestion(source.url, headers=headers), bounds)


def _body_of(answer: WebAnswer) -> bytes:
    if answer.status != 200:  # noqa: PLR2004 - HTTP's word for yes
        raise FeedUnreadable(f"http_{answer.status}")
    return answer.body


def _entries_take(source: FeedSource, feed: ReadFeed) -> bool:
    """Begin to import what is new, the oldest first; say whether nothing was left for later."""
    rows = feed.entries[:ENTRIES_LOOKED_AT]
    known = set(FeedEntry.objects.filter(source=source).values_list("guid", flat=True))
    fresh = [entry for entry in rows if entry.guid not in known]
    # Feeds begin with the newest: the oldest of the new ones come first, as they were published.
    begun = fresh[-ENTRIES_A_READING:]
    for entry in reversed(begun):
        if not FeedSource.objects.filter(pk=source.pk, active=True).exists():
            return False
        try:
            _entry_take(source, entry)
        except DayFull:
            return False
    return len(begun) == len(fresh)


def _entry_take(source: FeedSource, entry: Entry) -> None:
    """Import one entry, or note why not; an entry that came in meanwhile changes nothing.

    Raises `DayFull` where it has to wait for tomorrow: then nothing is noted.
    """
    try:
        with transaction.atomic():
            row = FeedEntry.objects.create(
                home=source.home,
                source=source,
                guid=entry.guid,
                title=entry.title,
                url=entry.url,
                state=EntryState.SKIPPED,
            )
            row.state, row.reason, row.video = _import(source, entry, row)
            row.save(update_fields=["state", "reason", "video"])
    except IntegrityError:
        return


def _import(source: FeedSource, entry: Entry, row: FeedEntry) -> tuple[str, str, Video | None]:
    """Return what became of an entry, why, and its video."""
    if not entry.url:
        return EntryState.SKIPPED, "no_video", None
    twins = FeedEntry.objects.filter(source__channel=source.channel_id, url=entry.url)
    if twins.exclude(pk=row.pk).exists():
        return EntryState.SKIPPED, "same_address", None
    try:
        with transaction.atomic():
            begun = import_begin(
                channel=source.channel,
                url=entry.url,
                title=entry.title,
                showing=Showing(visibility=source.visibility),
                by=source.person or source.channel.person,
            )
            said = {"description": entry.text, "language": entry.language}
            Video.objects.filter(pk=begun.video.pk).update(**said)
    except DayFull:
        raise
    except (UploadRefused, CatalogRefused) as refusal:
        return EntryState.FAILED, str(refusal)[:200], None
    return EntryState.IMPORTED, "", begun.video


def _read_note(
    source: FeedSource, feed: ReadFeed | None = None, answer: WebAnswer | None = None
) -> None:
    """Note that a feed was read, and when it is read next."""
    source.read_at, source.fault, source.failures = now(), "", 0
    if feed is not None:
        source.title = feed.title or source.title
        # What was left for later would not come again with a condition.
        source.etag = answer.headers.get("etag", "")[:200] if answer else ""
        source.modified = answer.headers.get("last-modified", "")[:64] if answer else ""
    wait_min = source.period_min
    if feed is not None and answer is None:
        wait_min = Period.QUARTER
    source.next_at = now() + timedelta(minutes=wait_min) if wait_min else None
    _save(source)


def _failure_note(source: FeedSource, fault: str) -> None:
    """Note what went wrong; wait longer each time, and stop after ten times."""
    source.read_at, source.fault = now(), fault[:200]
    source.failures += 1
    source.active = source.failures < FAILURES_MOST and bool(source.period_min)
    wait_min = min(max(source.period_min, 15) * 2 ** min(source.failures, 10), _SILENT_MIN)
    source.next_at = now() + timedelta(minutes=wait_min) if source.active else None
    _save(source)


def _save(source: FeedSource) -> None:
    """Write what a reading found out; whoever paused it meanwhile stays right."""
    names = ["title", "etag", "modified", "fault", "failures", "read_at", "next_at"]
    values = {name: getattr(source, name) for name in names}
    FeedSource.objects.filter(pk=source.pk).update(**values)
    if not source.active:
        FeedSource.objects.filter(pk=source.pk).update(active=False)
