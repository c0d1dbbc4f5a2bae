"""Feeds as real readers read them."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import extruct
import feedparser
import podcastparser
import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.files import FileMade, media_files_put
from antenne.catalog.services.search import video_index
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.syndication.feeds.podcast import guid_of
from tests.factories.catalog import caption_make, video_make

HOSTILE = "]]> <script>alert(1)</script> & \u202eRTL العربية \U0001f9a2 'quoted\" \u0085"
XML_FORMS = ("rss.xml", "atom.xml", "podcast.xml", "msn.xml", "list.xspf")
WORD = "hush hush hush"
FORMS = (*XML_FORMS, "feed.json")


def feed(form: str, where: str = "channel/alice/", **asked: str) -> bytes:
    answer = Client().get(f"/feeds/{where}{form}", asked)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content


def parsed(form: str, where: str = "channel/alice/", **asked: str) -> Any:  # noqa: ANN401 - untyped
    found = feedparser.parse(feed(form, where, **asked))
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("form", ["rss.xml", "atom.xml"])
def test_a_reader_finds_what_is_public(channel: Channel, form: str) -> None:
    video = video_make(channel, title="Swans")

    found = parsed(form)

    assert found.feed.title == "Alice"
    (entry,) = found.entries
    assert (entry.title, entry.link) == ("Swans", f"http://testserver/v/{video.public_id}")
    assert entry.id == f"urn:uuid:{video.pk}"
    assert entry.media_content[-1]["url"].endswith("/s1/master.m3u8")
    assert entry.media_thumbnail[0]["url"].endswith("/s1/poster.jpg")


@pytest.mark.parametrize("form", XML_FORMS)
@pytest.mark.parametrize("title", [HOSTILE, "a\x01\x0bb", "x" * 200])
def test_no_title_breaks_a_feed(channel: Channel, form: str, title: str) -> None:
    video = video_make(channel, title="Swans")
    Video.objects.filter(pk=video.pk).update(title=title[:200], description=title * 3)

    fromstring(feed(form))


def test_a_title_comes_back_as_it_was_written(channel: Channel) -> None:
    title = "Tom & <b>Jerry</b> ]]> \U0001f9a2"
    video_make(channel, title=title)

    root = fromstring(feed("rss.xml"))

    assert root.findtext("channel/item/title") == title
    assert json.loads(feed("feed.json"))["items"][0]["title"] == title


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", ["", "channel/alice/", "category/news/", "tag/birds/"])
@pytest.mark.parametrize("visibility", ["private", "unlisted", "password"])
def test_what_is_not_public_stands_in_no_feed(
    channel: Channel, form: str, where: str, visibility: str
) -> None:
    video = video_make(channel, title="Kept quiet", password=WORD)
    Video.objects.filter(pk=video.pk).update(category="news", tags=["birds"])
    video_index(video_id=video.pk)
    showing = Showing(visibility=visibility, password=WORD)
    visibility_set(by=channel.person, public_id=video.public_id, showing=showing)

    said = feed(form, where)

    assert b"Kept quiet" not in said
    assert video.public_id.encode() not in said


@pytest.mark.parametrize(
    "path",
    [
        "channel/nobody/rss.xml",
        "category/knitting/rss.xml",
        "rss.html",
        "moon/x/rss.xml",
        "channel/a%00b/rss.xml",
        "tag/" + "x" * 60 + "/rss.xml",
        "rss.xml?after=nonsense",
        "chapters/x000000000.json",
        "channel//rss.xml",
    ],
)
def test_there_is_no_such_feed(channel: Channel, path: str) -> None:
    assert Client().get(f"/feeds/{path}").status_code == 404


def test_whoever_has_it_already_gets_only_a_word(channel: Channel) -> None:
    video_make(channel)
    first = Client().get("/feeds/rss.xml")

    again = Client().get("/feeds/rss.xml", headers={"if-none-match": first["ETag"]})
    since = Client().get("/feeds/rss.xml", headers={"if-modified-since": first["Last-Modified"]})

    assert (again.status_code, again.content) == (304, b"")
    assert since.status_code == 304
    assert first["Access-Control-Allow-Origin"] == "*"


def test_a_feed_says_the_same_each_time(channel: Channel) -> None:
    video_make(channel)

    assert [feed(form) for form in FORMS] == [feed(form) for form in FORMS]


def test_a_long_channel_goes_on_page_by_page(channel: Channel) -> None:
    made = {f"urn:uuid:{video_make(channel, title=f'Swan {n}').pk}" for n in range(60)}
    address, seen = "/feeds/channel/alice/rss.xml", []

    while address:
        found = feedparser.parse(Client().get(address).content)
        seen += [entry.id for entry in found.entries]
        address = next((link.href for link in found.feed.links if link.rel == "next"), "")

    assert len(seen) == 60
    assert set(seen) == made


def test_the_atom_has_the_shape_that_scripts_for_youtube_know(channel: Channel) -> None:
    video = video_make(channel)

    answer = Client().get("/feeds/videos.xml?channel_id=alice")

    entry = feedparser.parse(answer.content).entries[0]
    assert (entry.yt_videoid, entry.yt_channelid) == (video.public_id, "alice")
    assert entry.media_statistics == {"views": "0", "favorites": "0"}


def test_a_feed_in_one_language_leaves_the_others_out(channel: Channel) -> None:
    for title, language in (("Cygnes", "fr"), ("Swans", "en")):
        Video.objects.filter(pk=video_make(channel, title=title).pk).update(language=language)

    found = parsed("rss.xml", language="fr")

    assert ([row.title for row in found.entries], found.feed.language) == (["Cygnes"], "fr")


def test_captions_and_countries_are_said(channel: Channel) -> None:
    video = video_make(channel)
    caption_make(video)
    assert b"/captions/en.vtt" in feed("rss.xml")
    Video.objects.filter(pk=video.pk).update(geo="except", geo_countries=["FR", "BE"])

    said = feed("rss.xml")

    assert b'relationship="deny" type="country">FR BE<' in said
    assert b"/captions/en.vtt" not in said  # its paths are signed for one viewer at a time


def test_a_site_without_videos_has_empty_feeds(alice: Person) -> None:
    empty = podcastparser.parse("http://testserver/", BytesIO(feed("podcast.xml", "")))

    assert empty["episodes"] == []


def test_a_channel_page_tells_programs_what_it_is(channel: Channel) -> None:
    video = video_make(channel, title="Swans")
    video_make(channel, title="Kept quiet", visibility="unlisted")

    page = Client().get("/c/alice").content.decode()

    said = extruct.extract(page, syntaxes=["json-ld", "opengraph"])
    graph = {row["@type"]: row for row in said["json-ld"][0]["@graph"]}
    assert graph["ProfilePage"]["mainEntity"]["name"] == "Alice"
    (row,) = graph["ItemList"]["itemListElement"]
    assert (row["name"], row["url"]) == ("Swans", f"http://testserver/v/{video.public_id}")
    assert 'type="application/rss+xml" href="http://testserver/feeds/channel/alice/rss.xml"' in page
    assert "Kept quiet" not in page


def test_a_podcast_player_finds_the_file_the_captions_and_the_length(channel: Channel) -> None:
    video = video_make(channel, title="Swans & geese")
    caption_make(video)
    film = FileMade("s1/file/film.mp4", "video/mp4", 90_000, 1920, 1080)
    sound = FileMade("s1/file/sound.m4a", "audio/mp4", 9_000)
    media_files_put(video_id=video.pk, stream="s1", files=[film, sound])
    said = feed("podcast.xml")

    (episode,) = podcastparser.parse("http://testserver/", BytesIO(said))["episodes"]

    (enclosure,) = episode["enclosures"]
    assert enclosure["url"].endswith("/s1/file/film.mp4")
    assert (enclosure["file_size"], enclosure["mime_type"]) == (90_000, "video/mp4")
    assert (episode["title"], episode["total_time"]) == ("Swans & geese", 12)
    assert (episode["guid"], episode["explicit"]) == (f"urn:uuid:{video.pk}", False)
    assert b'podcast:transcript url="' in said
    assert said.count(b"<podcast:alternateEnclosure ") == 3


def test_a_feed_names_itself_for_ever() -> None:
    # The example of the standard: https://github.com/Podcastindex-org/podcast-namespace
    guid = guid_of("https://mp3s.nashownotes.com/pc20rss.xml")

    assert guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
