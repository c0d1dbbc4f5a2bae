"""Feeds of others that fill a channel: each entry once, with a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from xml.sax.saxutils import escape

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.kernel.clock import now
from antenne.pipeline.models import Upload
from antenne.syndication.models import FeedEntry, FeedSource
from antenne.syndication.reading import FeedUnreadable, feed_read
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.services.sources import (
    source_add,
    source_read,
    source_remove,
    source_switch,
    sources_call,
)
from tests.sites import Site, page, status

Told = Callable[[], int]
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    "<rss version='2.0'><channel><title>&b;</title></channel></rss>"
)


def item(number: int, title: str = "", more: str = "") -> str:
    url = f"http://127.0.0.1:9/{number}.mp4"
    enclosure = more or f'<enclosure url="{url}" type="video/mp4" length="{number}"/>'
    return f"<item><guid>urn:{number}</guid><title>{title or number}</title>{enclosure}</item>"


def feed(*items: str) -> bytes:
    return (
        f'<rss version="2.0" {MEDIA}><channel><title>Harbour</title>'
        f"<language>fr</language>{''.join(items)}</channel></rss>"
    ).encode()


def fed(channel: Channel, own: Site, *items: str, period_min: int = 60) -> FeedSource:
    own.pages["/feed"] = page(feed(*items), "application/rss+xml")
    source = source_add(
        by=channel.person,
        handle=channel.handle,
        url=own.url("/feed"),
        period_min=period_min,
        visibility="unlisted",
    )
    source_read(source_id=source.pk)
    source.refresh_from_db()
    return source


def test_every_entry_becomes_an_import(channel: Channel, own: Site) -> None:
    source = fed(channel, own, item(2, "Le phare &amp; la mer"), item(1))

    videos = Video.objects.order_by("created_at")
    assert [video.title for video in videos] == ["1", "Le phare & la mer"]
    assert {(video.visibility, video.language) for video in videos} == {("unlisted", "fr")}
    assert Upload.objects.filter(state="fetching").count() == 2
    assert (source.title, source.fault) == ("Harbour", "")
    assert source.next_at is not None


def test_read_again_it_brings_only_what_is_new(channel: Channel, own: Site) -> None:
    source = fed(channel, own, item(1), item(2))

    own.pages["/feed"] = page(feed(item(3), item(1, "Another title"), item(2)))
    source_read(source_id=source.pk)

    assert Video.objects.count() == 3
    assert FeedEntry.objects.filter(state="imported").count() == 3


def test_the_same_file_under_another_id_is_left_out(channel: Channel, own: Site) -> None:
    twin = item(1).replace("urn:1", "urn:1-again")
    fed(channel, own, twin, item(1))

    said = FeedEntry.objects.order_by("created_at").values_list("state", "reason")
    assert list(said) == [("imported", ""), ("skipped", "same_address")]


def test_a_long_feed_comes_in_pieces_the_oldest_first(channel: Channel, own: Site) -> None:
    source = fed(channel, own, *(item(number) for number in range(30, 0, -1)))
    first = set(Video.objects.values_list("title", flat=True))
    source_read(source_id=source.pk)

    assert first == {str(number) for number in range(1, 21)}
    assert Video.objects.count() == 30


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (BOMB.encode(), "declares_entities"),
        (b"<rss><channel>", "not_well_formed"),
        (b"hello", "not_well_formed"),
        (b"<html><body>Hello</body></html>", "no_feed"),
        (b"", "not_well_formed"),
    ],
)
def test_what_cannot_be_read_is_named(channel: Channel, own: Site, data: bytes, fault: str) -> None:
    source = fed(channel, own)
    own.pages["/feed"] = page(data)

    source_read(source_id=source.pk)

    source.refresh_from_db()
    assert (source.fault, source.failures, source.active) == (fault, 1, True)
    assert not Video.objects.exists()


def test_a_feed_that_fails_for_long_is_paused(channel: Channel, own: Site) -> None:
    source = fed(channel, own)
    own.pages["/feed"] = status(404)

    for _attempt in range(10):
        source_read(source_id=source.pk)

    source.refresh_from_db()
    assert (source.fault, source.active, source.next_at) == ("http_404", False, None)


def test_a_private_address_is_not_read(channel: Channel) -> None:
    url = "http://127.0.0.1:9/feed"
    source = source_add(
        by=channel.person, handle="alice", url=url, period_min=0, visibility="private"
    )

    source_read(source_id=source.pk)

    source.refresh_from_db()
    assert source.fault == "address_refused"


def test_only_what_is_due_is_called_and_once(channel: Channel, own: Site) -> None:
    source = fed(channel, own)
    early = sources_call()
    FeedSource.objects.update(next_at=now() - timedelta(minutes=1))
    late, again = sources_call(), sources_call()
    source_switch(by=channel.person, source_id=source.pk, active=False)
    FeedSource.objects.update(next_at=now() - timedelta(minutes=1))

    assert (early, late, again, sources_call()) == (0, 1, 0, 0)


def test_strangers_change_nothing(channel: Channel, own: Site, bob: Person) -> None:
    source = fed(channel, own)

    for attempt in (
        lambda: source_switch(by=bob, source_id=source.pk, active=False),
        lambda: source_remove(by=bob, source_id=source.pk),
        lambda: source_add(
            by=bob, handle="alice", url=own.url("/x"), period_min=60, visibility="public"
        ),
    ):
        with pytest.raises(NotFound):
            attempt()

    assert FeedSource.objects.get().active


def test_a_feed_fills_a_channel_once(channel: Channel, own: Site) -> None:
    fed(channel, own)

    with pytest.raises(SyndicationRefused):
        fed(channel, own)


def test_the_best_file_is_taken() -> None:
    contents = (
        '<media:content url="http://x.example/a.m3u8" type="application/x-mpegURL"/>'
        '<media:content url="http://x.example/small.mp4" type="video/mp4" fileSize="10"/>'
        '<media:content url="http://x.example/large.mp4" type="video/mp4" fileSize="99"/>'
        '<media:content url="http://x.example/a.jpg" type="image/jpeg" medium="image"/>'
    )

    (entry,) = feed_read(feed(item(1, more=contents))).entries

    assert entry.url == "http://x.example/large.mp4"


def test_what_joins_letters_stays_in_titles_and_texts() -> None:
    joined = "\U0001f469\u200d\U0001f467 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"

    (entry,) = feed_read(feed(item(1, joined, f"<description>{joined}</description>"))).entries

    assert (entry.title, entry.text) == (joined, joined)


def test_markup_and_control_characters_stay_outside() -> None:
    title = "&lt;b&gt;Swans&lt;/b&gt; &amp;amp; \U0001f9a2"

    (entry,) = feed_read(feed(item(1, title))).entries

    assert entry.title == "Swans & \U0001f9a2"
    with pytest.raises(FeedUnreadable):
        feed_read(feed(item(1, "\x01")))


def test_what_is_not_said_in_markup_is_left_out() -> None:
    text = (
        "<description><![CDATA[<style>p{color:red}</style><p>Swans<!-- not <b>these</b> --> and"
        "</p><SCRIPT src=x>alert(1)</script ><p>geese<script>never ended]]></description>"
    )

    (entry,) = feed_read(feed(item(1, more=text))).entries

    assert entry.text.split() == ["Swans", "and", "geese"]


@pytest.mark.parametrize("part", ["<!--", "<!-- a", "<a ", "<![CDATA[", "<script>"])
def test_a_feed_made_to_take_for_ever_is_read_through_once(part: str) -> None:
    """feedparser would look through the text anew from each comment: for hours."""
    text = f"<description>Swans {escape(part * 200_000)}</description>"

    (entry,) = feed_read(feed(item(1, more=text))).entries

    assert entry.text.startswith("Swans")
