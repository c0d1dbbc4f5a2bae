"""Files are made for whoever takes them: feeds note it, programs are led to them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import podcastparser
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, FileWish, MediaFile, Video
from antenne.catalog.selectors.files import Offer, files_forsaken, files_wanted
from antenne.catalog.services.files import TAKE_RATE, FileMade, media_files_put, offer_set
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.kernel.clock import now
from antenne.kernel.models import FactRecord
from tests.factories.catalog import video_make
from tests.factories.pipeline import tracks_make
from tests.factories.playlists import playlist_make
from tests.web.pages import client_of

PODCAST = "/feeds/channel/alice/podcast.xml"
PORTAL = "/feeds/channel/alice/msn.xml"


@pytest.fixture
def video(channel: Channel) -> Video:
    found = video_make(channel, title="Swans")
    tracks_make(found)
    return found


def taken(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content


def episodes(path: str = PODCAST) -> list[Any]:
    found: list[Any] = podcastparser.parse("http://testserver/", BytesIO(taken(path)))["episodes"]
    return found


def asked_for() -> list[str]:
    rows = FactRecord.objects.filter(name="file.asked").order_by("created_at")
    return [str(row.payload["video"]) for row in rows]


def film_put(video: Video) -> None:
    files = [
        FileMade("s1/file/film.mp4", "video/mp4", 9_100, 1920, 1080),
        FileMade("s1/file/sound.m4a", "audio/mp4", 1_050),
    ]
    media_files_put(video_id=video.pk, stream="s1", files=files)


def age(days: int) -> None:
    FileWish.objects.update(asked_at=now() - timedelta(days=days))


def test_the_first_reading_of_a_podcast_names_every_episode_and_has_its_file_made(
    video: Video,
) -> None:
    (episode,) = episodes()

    (enclosure,) = episode["enclosures"]
    assert enclosure["url"] == f"http://testserver/v/{video.public_id}/file.mp4"
    assert (enclosure["file_size"], enclosure["mime_type"]) == (9_000, "video/mp4")
    assert asked_for() == [str(video.pk)]


def test_who_reads_again_on_the_same_day_writes_nothing(video: Video) -> None:
    taken(PODCAST)
    kept = list(FileWish.objects.values_list())

    with CaptureQueriesContext(
        connection,
    ) as queries:
        taken(PODCAST)
        taken(PORTAL)

    assert list(FileWish.objects.values_list()) == kept
    assert not [row for row in queries if not row["sql"].lstrip().startswith("SELECT")]


def test_once_a_day_the_wish_is_kept_on(video: Video) -> None:
    taken(PODCAST)
    age(2)

    taken(PODCAST)

    assert set(FileWish.objects.values_list("subject", flat=True)) == {video.pk, video.channel_id}
    assert not FileWish.objects.filter(asked_at__lt=now() - timedelta(days=1)).exists()


def test_a_portal_is_told_of_a_video_once_there_is_its_file(video: Video) -> None:
    assert f"/v/{video.public_id}" not in taken(PORTAL).decode()
    assert asked_for() == [str(video.pk)]

    film_put(video)

    said = taken(PORTAL).decode()
    assert f"/v/{video.public_id}" in said
    assert "/s1/file/film.mp4" in said


@pytest.mark.parametrize("form", ["rss.xml", "atom.xml", "feed.json", "list.xspf"])
def test_who_reads_other_feeds_takes_no_file(video: Video, form: str) -> None:
    taken(f"/feeds/channel/alice/{form}")

    assert not FileWish.objects.exists()


def test_who_only_looks_takes_none(video: Video) -> None:
    for path in (PODCAST, f"/v/{video.public_id}/file.mp4", f"/v/{video.public_id}/download"):
        Client().head(path)

    assert not FileWish.objects.exists()


def test_what_a_channel_publishes_later_is_wanted_at_once_while_its_podcast_is_read(
    video: Video, channel: Channel
) -> None:
    later = video_make(channel, title="Geese")
    assert later not in files_wanted()
    before = video_make(channel, title="Owls")
    Video.objects.filter(pk=before.pk).update(published_at=now() - timedelta(days=9))
    video_make(channel, title="Secret", visibility="private")

    taken(PODCAST)
    Video.objects.filter(pk=later.pk).update(published_at=now())

    assert set(files_wanted()) == {video, later}
    age(91)
    assert not files_wanted().exists()


def test_a_playlist_is_a_podcast_too(video: Video, bob: Person) -> None:
    path = f"/feeds/playlist/{playlist_make(bob, video).public_id}/podcast.xml"

    assert len(episodes(path)) == 1

    assert list(FileWish.objects.values_list("subject", flat=True)) == [video.pk]


def test_a_channel_that_offers_none_promises_none(video: Video, channel: Channel) -> None:
    offer_set(by=channel.person, handle=channel.handle, offer=Offer(files=False, ahead=True))

    assert episodes() == []

    assert Client().get(f"/v/{video.public_id}/file.mp4").status_code == 404
    assert not FileWish.objects.exists()
    assert not files_wanted().exists()


def test_an_owner_has_files_made_before_anybody_asks(video: Video, channel: Channel) -> None:
    hidden = video_make(channel, visibility="unlisted")

    offer_set(by=channel.person, handle=channel.handle, offer=Offer(ahead=True))

    assert (video in files_wanted(), hidden in files_wanted()) == (True, False)


def test_what_is_limited_to_countries_is_promised_to_nobody(video: Video) -> None:
    Video.objects.filter(pk=video.pk).update(geo="only", geo_countries=["FR"])

    assert episodes() == []
    assert not FileWish.objects.exists()


def test_a_program_comes_again_for_a_file_and_is_led_to_it(video: Video) -> None:
    path = f"/v/{video.public_id}/file.mp4"
    first = Client().get(path)
    assert (first.status_code, first["Retry-After"]) == (503, "30")
    assert asked_for() == [str(video.pk)]
    Client().get(path)  # impatient
    assert asked_for() == [str(video.pk)]

    film_put(video)

    assert Client().get(path)["Location"].endswith("/s1/file/film.mp4")
    sound = Client().get(path.replace("mp4", "m4a"))
    assert sound["Location"].endswith("/s1/file/sound.m4a")


@pytest.mark.parametrize("visibility", ["private", "unlisted", "password"])
def test_a_program_is_led_to_public_videos_alone(
    video: Video, alice: Person, visibility: str
) -> None:
    film_put(video)
    showing = Showing(visibility=visibility, password="open sesame")  # noqa: S106 - of a test
    visibility_set(by=alice, public_id=video.public_id, showing=showing)

    assert Client().get(f"/v/{video.public_id}/file.mp4").status_code == 404
    assert not FileWish.objects.exists()


def test_one_address_cannot_have_everything_made(channel: Channel) -> None:
    videos = [video_make(channel, title=f"Swans {n}") for n in range(TAKE_RATE.limit + 1)]
    with time_machine.travel(now(), tick=False):
        for video in videos:
            tracks_make(video)
            assert Client().get(f"/v/{video.public_id}/file.mp4").status_code == 503

    assert FileWish.objects.count() == TAKE_RATE.limit
    assert len(episodes()) == len(videos)  # who reads the feed reads all of it


def test_somebody_who_downloads_sees_that_the_file_is_prepared(video: Video) -> None:
    path = f"/v/{video.public_id}/download"
    Video.objects.filter(pk=video.pk).update(downloadable=True)
    page = Client().get(path)
    assert (page.status_code, page["Refresh"]) == (202, f"4;url={path}?wait=1")
    assert "The file is being prepared" in page.content.decode()
    assert asked_for() == [str(video.pk)]

    film_put(video)

    waited = Client().get(path, {"wait": "1"})
    assert (waited.status_code, waited["Refresh"]) == (200, f"0;url={path}")
    assert Client().get(path)["Location"].endswith("/s1/file/film.mp4?download=Swans.mp4")


def test_an_owner_takes_along_what_is_private(video: Video, alice: Person, bob: Person) -> None:
    visibility_set(by=alice, public_id=video.public_id, showing=Showing(visibility="private"))
    path = f"/v/{video.public_id}/download"
    assert client_of(bob).get(path).status_code == 403
    assert not FileWish.objects.exists()

    assert client_of(alice).get(path).status_code == 202

    assert video in files_wanted()


def test_a_video_of_which_no_file_can_be_made_is_not_waited_for(channel: Channel) -> None:
    video = video_make(channel)
    Video.objects.update(downloadable=True)

    for name in ("download", "file.mp4", "file.m4a"):
        assert Client().get(f"/v/{video.public_id}/{name}").status_code == 404
    assert not FileWish.objects.exists()


def test_files_that_nobody_takes_are_kept_ninety_days(video: Video) -> None:
    film_put(video)
    assert not files_forsaken().exists()
    MediaFile.objects.update(created_at=now() - timedelta(days=91))
    assert files_forsaken().count() == 2

    taken(PODCAST)

    assert not files_forsaken().exists()
