"""What a portal would refuse: one feed that it takes, and each way to spoil it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from typer.testing import CliRunner

from antenne.catalog.models import Channel, MediaFile, Video
from antenne.catalog.selectors.files import Offer
from antenne.catalog.services.files import FileMade, media_files_put, offer_set
from antenne.cli.main import app
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.syndication.feeds.words import rfc822
from antenne.syndication.lint.reading import feed_lint
from tests.factories.catalog import caption_make, video_make
from tools.catalogues import wanted

TITLE = "A lighthouse keeper remembers"
GOOD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:mi="http://schemas.ingestion.microsoft.com/common/">
<channel><title>Harbour</title><link>https://example.org/</link><description>News</description>
<language>en</language>
<item><guid>urn:1</guid><title>{TITLE}</title><link>https://example.org/v/1</link>
<pubDate>{rfc822(now() - timedelta(days=1))}</pubDate>
<dcterms:modified>{now().isoformat()}</dcterms:modified><description>Plain words</description>
<media:content url="https://example.org/1.mp4" fileSize="90000000" type="video/mp4" medium="video"
 duration="60" width="1920" height="1080" lang="en">
<media:title>{TITLE}</media:title><media:text>Words</media:text><media:credit>Alice</media:credit>
<media:thumbnail url="https://example.org/1.jpg" width="1920" height="1080"/>
<mi:hasSyndicationRights>1</mi:hasSyndicationRights></media:content></item>
</channel></rss>"""
ITEM = GOOD[GOOD.index("<item>") : GOOD.index("</channel>")]
OLD = rfc822(now() - timedelta(days=400))
BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss'


def rules(text: str) -> list[str]:
    return [finding.rule for finding in feed_lint(text.encode()).findings]


def test_a_good_feed_has_nothing_to_mend() -> None:
    assert rules(GOOD) == []


FAULTS = [
    ("</item>", "", "xml-broken"),
    ("<rss", BOMB, "doctype"),
    ('version="2.0"', 'version="0.91"', "feed-version"),
    ("<language>en</language>", "", "feed-language"),
    (ITEM, ITEM + ITEM, "guid-twice"),
    (ITEM, "", "feed-empty"),
    ("<guid>urn:1</guid>", "", "guid-missing"),
    (f"<title>{TITLE}", "<title>Short", "title-short"),
    (f"<title>{TITLE}", f"<title>{'long ' * 40}", "title-long"),
    (f"<title>{TITLE}", f"<title>{TITLE} &lt;b&gt;now&lt;/b&gt;", "title-html"),
    (f"<title>{TITLE}", f"<title>{TITLE} www.example.org", "title-address"),
    ("<link>https://example.org/v/1", "<link>http://example.org/v/1", "link-insecure"),
    ("<pubDate>", "<pubDate>sometime ", "date-missing"),
    (GOOD[GOOD.index("<pubDate>") : GOOD.index("</pubDate>")], f"<pubDate>{OLD}", "date-old"),
    ("<dcterms:modified>2", "<dcterms:modified>9", "modified-future"),
    (
        "<description>Plain",
        "<dcterms:valid>end=2020-01-01T00:00:00Z</dcterms:valid><description>Plain",
        "valid-over",
    ),
    ("Plain words", "&lt;p&gt;Words&lt;/p&gt;", "description-html"),
    ("1.mp4", "1.m3u8", "media-stream"),
    ("1.mp4", "watch?v=1", "media-extension"),
    ("https://example.org/1.mp4", "https://me:word@example.org/1.mp4", "media-credentials"),
    ("https://example.org/1.mp4", "http://example.org/1.mp4", "media-insecure"),
    ('fileSize="90000000"', 'fileSize="9000000000"', "media-large"),
    ('duration="60"', 'duration="9.5"', "media-brief"),
    ('width="1920" height="1080" lang', 'width="640" height="360" lang', "media-small"),
    ('lang="en"', 'lang="fr"', "language-other"),
    ("1.jpg", "1.gif", "thumbnail-gif"),
    ('height="1080"/>', 'height="100"/>', "thumbnail-small"),
    ("<mi:hasSyndicationRights>1", "<mi:hasSyndicationRights>0", "rights-licensor"),
    ("<media:credit>Alice</media:credit>", "", "media-credit-missing"),
]


@pytest.mark.parametrize(("spoil", "by", "rule"), FAULTS, ids=[rule for *_rest, rule in FAULTS])
def test_each_fault_is_named(spoil: str, by: str, rule: str) -> None:
    assert spoil in GOOD

    assert rule in rules(GOOD.replace(spoil, by, 1))


def test_a_finding_says_the_line_and_the_item() -> None:
    (finding,) = feed_lint(GOOD.replace("1.jpg", "1.gif").encode()).findings

    assert (finding.item, finding.line) == (TITLE, GOOD[: GOOD.index("<item>")].count("\n") + 1)


@pytest.mark.parametrize("data", [b"", b"\x00", b"<", b"<rss/>", b"hello", b"<rss>" * 5000])
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    report = feed_lint(data)

    assert report.refused >= 1


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site that the world reaches over HTTPS."""
    monkeypatch.setenv("ANTENNE_PUBLIC_URL", "https://video.example")
    monkeypatch.setenv("ANTENNE_MEDIA_URL", "https://media.video.example")
    environment.cache_clear()
    yield
    monkeypatch.undo()
    environment.cache_clear()


def delivered(channel: Channel, *, title: str = TITLE) -> Video:
    video = video_make(channel, title=title)
    Video.objects.filter(pk=video.pk).update(description="Words", language="en")
    film = FileMade("s1/file/film.mp4", "video/mp4", 90_000_000, 1920, 1080)
    media_files_put(video_id=video.pk, stream="s1", files=[film])
    return video


@pytest.mark.parametrize("rights", [True, False])
def test_our_own_feed_passes(channel: Channel, public: None, rights: bool) -> None:  # noqa: FBT001
    caption_make(delivered(channel))
    offer_set(by=channel.person, handle=channel.handle, offer=Offer(rights=rights))

    report = feed_lint(Client().get("/feeds/channel/alice/msn.xml").content)

    assert (report.items, report.findings) == (1, ())


def test_what_the_portal_refuses_for_good_is_left_out(channel: Channel, public: None) -> None:
    short, unmade, old = (delivered(channel, title=f"{TITLE} {n}") for n in range(3))
    Video.objects.filter(pk=short.pk).update(duration_ms=5000)
    Video.objects.filter(pk=old.pk).update(published_at=now() - timedelta(days=500))
    MediaFile.objects.filter(video=unmade).delete()

    assert rules(Client().get("/feeds/channel/alice/msn.xml").content.decode()) == ["feed-empty"]


def test_the_command_says_it_and_ends_with_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("feeds") / "feed.xml"
    path.write_text(GOOD.replace("1.mp4", "1.m3u8"))
    spoilt = CliRunner().invoke(app, ["feed", "lint", str(path)])
    path.write_text(GOOD)
    good = CliRunner().invoke(app, ["feed", "lint", str(path)])

    assert spoilt.exit_code == 1
    assert "refused: media-stream" in spoilt.output
    assert (good.exit_code, good.output) == (0, "1 items, 0 refusals, 0 pieces of advice\n")


def test_a_finding_is_said_in_the_language_of_whoever_reads_it() -> None:
    words = "%(count)s characters; at least %(least)s."
    french = {words: "%(count)s signes ; au moins %(least)s."}
    broken = b'<rss version="2.0"><channel><item><title>Swans</title></item></channel></rss>'

    found = next(row for row in feed_lint(broken).findings if row.rule == "title-short")

    assert found.text == "5 characters; at least 20."
    assert found.said(french.__getitem__) == "5 signes ; au moins 20."
    assert "syndication/lint/item_rules.py" in wanted()[words, None]
