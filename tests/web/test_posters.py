"""Posters in lists, their choice in the studio, and the chapters that a file brings."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.videos import video_describe, video_edit
from antenne.kernel.models import FactRecord
from antenne.pipeline.models import Stream, Upload
from antenne.web.studio.forms import MomentForm
from tests.factories.catalog import video_make
from tests.factories.pipeline import upload_make
from tests.web.pages import block_of, client_of

SMALL = "s1/poster-small.webp"
TINY = "s1/poster-tiny.webp"


def png() -> SimpleUploadedFile:
    into = BytesIO()
    Image.new("RGB", (300, 200), "red").save(into, "PNG")
    return SimpleUploadedFile("red.png", into.getvalue(), "image/png")


def streamed(channel: Channel, *chapters: tuple[int, str]) -> Video:
    """Make a video whose file brings these chapters."""
    video, upload = video_make(channel), upload_make(channel)
    Upload.objects.filter(pk=upload.pk).update(probe={"chapters": chapters})
    Stream.objects.create(home=video.home, video=video, upload=upload, name="s1")
    return video


def chapters_of(page: object) -> list[tuple[int, str]]:
    rows = block_of(page, "playback")["chapters"]  # type: ignore[arg-type]
    return [(row["startMs"], row["title"]) for row in rows]


def test_lists_offer_all_sizes_of_a_poster(client: Client, channel: Channel) -> None:
    for number in range(6):
        video = video_make(channel, title=f"Swan {number}")
        video_describe(video_id=video.pk, poster_small=SMALL, poster_tiny=TINY)

    page = client.get("/").content.decode()

    assert page.count("poster-tiny.webp 384w, ") == 6
    assert page.count("poster-small.webp 768w, ") == 6
    assert page.count('width="1280" height="720"') == 6


def test_what_is_shown_large_comes_first_and_the_list_below_it_later(
    client: Client, channel: Channel
) -> None:
    for number in range(6):
        video_make(channel, title=f"Swan {number}")

    page = client.get("/").content.decode()

    assert page.count('fetchpriority="high"') == 1
    assert page.count('loading="lazy"') == 5


def test_a_portrait_is_never_shown_as_the_heavy_file(client: Client, channel: Channel) -> None:
    video = video_make(channel)
    found: dict[str, int | str] = {"width_px": 1080, "height_px": 1920}
    video_describe(video_id=video.pk, poster_small=SMALL, poster_tiny=TINY, **found)

    page = client.get("/").content.decode()

    assert "poster-tiny.webp 384w, " in page
    assert 'poster-small.webp 720w" sizes' in page
    assert "poster.jpg" not in page


def test_posters_of_before_there_was_a_tiny_one_are_still_shown(
    client: Client, channel: Channel
) -> None:
    video = video_make(channel)
    video_describe(video_id=video.pk, poster_small=SMALL, width_px=1080, height_px=1920)

    page = client.get("/").content.decode()

    assert "poster-small.webp 432w, " in page
    assert 'poster.jpg 720w" sizes' in page


def test_a_poster_without_a_small_one_is_still_shown(client: Client, channel: Channel) -> None:
    video_make(channel)

    page = client.get("/").content.decode()

    assert 's1/poster.jpg" width="1280" height="720"' in page
    assert "srcset" not in page


def test_pages_are_compressed_where_a_browser_asks(client: Client, channel: Channel) -> None:
    video_make(channel)

    response = client.get("/", headers={"accept-encoding": "gzip, br"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]


def test_the_owner_brings_an_image(alice: Person, channel: Channel) -> None:
    video = video_make(channel)
    address = f"/studio/videos/{video.public_id}"

    response = client_of(alice).post(f"{address}/poster", {"image": png()}, follow=True)

    video.refresh_from_db()
    assert video.poster_chosen
    assert "The poster has been changed." in response.content.decode()


def test_a_page_waits_for_the_moment_that_was_asked_for(alice: Person, channel: Channel) -> None:
    video = streamed(channel)
    client = client_of(alice)

    response = client.post(f"/studio/videos/{video.public_id}/poster", {"at": "0:01.5"})
    address = response.headers["Location"].partition("#")[0]
    waiting = client.get(address).content.decode()
    video_describe(video_id=video.pk, poster="posters/new.jpg")
    there = client.get(address).content.decode()

    assert FactRecord.objects.get(name="poster.asked").payload["at_ms"] == 1500
    assert 'hx-get="?taking=' in waiting
    assert "hx-get" not in there
    assert "hx-get" not in client.get(f"{address}&tried=20").content.decode()


@pytest.mark.parametrize("fields", [{"at": "soon"}, {"at": "9:59:59"}, {}])
def test_a_refusal_is_said_and_changes_nothing(
    alice: Person, channel: Channel, fields: dict[str, str]
) -> None:
    video = streamed(channel)
    address = f"/studio/videos/{video.public_id}/poster"

    page = client_of(alice).post(address, fields, follow=True).content.decode()

    assert 'class="toast' in page
    assert not FactRecord.objects.filter(name="poster.asked").exists()


@pytest.mark.parametrize("way", ["poster", "poster/reset"])
def test_nobody_else_chooses(bob: Person, channel: Channel, way: str) -> None:
    video = streamed(channel)

    response = client_of(bob).post(f"/studio/videos/{video.public_id}/{way}", {"at": "1"})

    assert response.status_code == 404
    assert not FactRecord.objects.filter(name="poster.asked").exists()


@pytest.mark.parametrize(
    ("words", "at_ms"), [("83", 83_000), ("1:23", 83_000), (" 1:02:03,25 ", 3_723_250)]
)
def test_moments_are_read_as_people_write_them(words: str, at_ms: int) -> None:
    form = MomentForm({"at": words})

    assert form.is_valid()
    assert form.at_ms() == at_ms


def test_a_file_brings_chapters_where_the_description_has_none(
    client: Client, alice: Person, channel: Channel
) -> None:
    video = streamed(channel, (0, "Dawn"), (4500, ""), (99_000, "After the end"))
    address = f"/v/{video.public_id}"

    first = client.get(address)
    video_edit(by=alice, public_id=video.public_id, description="0:00 A\n0:04 B\n0:08 C")

    assert chapters_of(first) == [(0, "Dawn"), (4500, "Chapter 2")]
    assert 'data-seek="5"' in first.content.decode()
    assert chapters_of(client.get(address)) == [(0, "A"), (4000, "B"), (8000, "C")]


def test_one_chapter_is_none(client: Client, channel: Channel) -> None:
    video = streamed(channel, (0, "Everything"))

    assert chapters_of(client.get(f"/v/{video.public_id}")) == []
