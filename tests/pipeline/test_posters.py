"""The poster that a person chooses: a new name each time, kept through all the pipeline does."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.services.videos import video_remove
from antenne.pipeline.services.receiving import file_receive, upload_finish
from antenne.pipeline.stages.poster import poster_ask, poster_bring, poster_reset, poster_take
from antenne.pipeline.stages.upload import upload_replace
from tests.clips import clip
from tests.pipeline.draining import drain, video_put
from tests.pipeline.watching import folder_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ffmpeg]


def red(side_px: int = 300) -> bytes:
    into = BytesIO()
    Image.new("RGB", (side_px, side_px), "red").save(into, "PNG")
    return into.getvalue()


def fresh(video: Video) -> Video:
    return Video.objects.get(pk=video.pk)


def objects_of(video: Video) -> Path:
    return folder_of(video).parent


def picture_at(path: Path) -> Image.Image:
    return Image.open(BytesIO(path.read_bytes()))


def ready(channel: Channel, name: str = "cut") -> Video:
    video = video_put(channel, clip(name))
    drain()
    return fresh(video)


def test_lists_have_smaller_posters(channel: Channel) -> None:
    video = ready(channel)

    for path in (video.poster_small, video.poster_tiny):
        small = picture_at(objects_of(video) / path)
        assert (small.format, small.size) == ("WEBP", (320, 180))


def test_sound_alone_is_drawn(channel: Channel) -> None:
    video = ready(channel, "audio_only")

    assert video.thumbhash
    assert picture_at(objects_of(video) / video.poster).size == (1280, 720)
    assert (video.preview, video.storyboard) == ("", "")


def test_a_moment_becomes_the_poster(channel: Channel, alice: Person) -> None:
    video = ready(channel)
    before = video.poster

    poster_ask(by=alice, public_id=video.public_id, at_ms=3500)
    drain()

    video = fresh(video)
    assert video.poster_chosen
    assert video.poster != before
    picture = picture_at(objects_of(video) / video.poster)
    assert ImageStat.Stat(picture).mean[0] > 200
    assert (objects_of(video) / before).exists()


def test_an_image_becomes_the_poster_at_once(channel: Channel, alice: Person) -> None:
    video = ready(channel)
    hash_before = video.thumbhash

    poster_bring(by=alice, public_id=video.public_id, data=red())

    video = fresh(video)
    assert video.poster_chosen
    assert video.thumbhash != hash_before
    assert picture_at(objects_of(video) / video.poster).size == (300, 169)


def test_a_chosen_poster_that_is_replaced_is_deleted_later(channel: Channel, alice: Person) -> None:
    video = ready(channel)
    first = poster_bring(by=alice, public_id=video.public_id, data=red())
    second = poster_bring(by=alice, public_id=video.public_id, data=red(400))
    both = [(objects_of(video) / path).exists() for path in (first.poster, second.poster)]

    drain()  # what is put off for later too

    left = {path.name for path in (objects_of(video) / "posters").iterdir()}
    assert both == [True, True]
    assert left == {
        Path(path).name for path in (second.poster, second.poster_small, second.poster_tiny)
    }


def test_the_automatic_one_can_be_had_again(channel: Channel, alice: Person) -> None:
    video = ready(channel)
    poster_bring(by=alice, public_id=video.public_id, data=red())

    poster_reset(by=alice, public_id=video.public_id)
    drain()  # what is put off for later too

    again = fresh(video)
    assert (again.poster, again.thumbhash) == (video.poster, video.thumbhash)
    assert not list(objects_of(video).glob("posters/*"))


def test_a_replaced_file_leaves_the_chosen_poster(channel: Channel, alice: Person) -> None:
    video = ready(channel)
    chosen = poster_bring(by=alice, public_id=video.public_id, data=red()).poster
    path = clip("rotated")
    size_bytes = path.stat().st_size
    begun = upload_replace(
        by=alice, public_id=video.public_id, filename="b.mp4", size_bytes=size_bytes
    )
    file_receive(upload=begun.upload, path=path)
    upload_finish(upload_id=begun.upload.pk, size_bytes=size_bytes)

    drain()

    video = fresh(video)
    assert (video.stream, video.poster) == ("s2", chosen)
    assert video.preview.startswith("s2/")


def test_somebody_elses_poster_is_left_alone(channel: Channel, bob: Person) -> None:
    video = ready(channel)
    with pytest.raises(NotFound):
        poster_bring(by=bob, public_id=video.public_id, data=red())
    with pytest.raises(NotFound):
        poster_ask(by=bob, public_id=video.public_id, at_ms=0)
    with pytest.raises(NotFound):
        poster_reset(by=bob, public_id=video.public_id)

    drain()

    assert fresh(video).poster == video.poster
    assert not (objects_of(video) / "posters").exists()


@pytest.mark.parametrize(("name", "at_ms"), [("cut", 60_000), ("cut", -1), ("audio_only", 0)])
def test_a_moment_that_is_not_there_is_refused(
    channel: Channel, alice: Person, name: str, at_ms: int
) -> None:
    video = ready(channel, name)

    with pytest.raises(CatalogRefused):
        poster_ask(by=alice, public_id=video.public_id, at_ms=at_ms)

    assert fresh(video).poster == video.poster


def test_no_image_is_refused_and_changes_nothing(channel: Channel, alice: Person) -> None:
    video = ready(channel)

    with pytest.raises(CatalogRefused):
        poster_bring(by=alice, public_id=video.public_id, data=b"<svg/>")

    assert fresh(video).poster == video.poster
    assert not (objects_of(video) / "posters").exists()


def test_a_video_removed_meanwhile_leaves_nothing(channel: Channel, alice: Person) -> None:
    video = ready(channel)
    stream = video.streams.get()
    folder = objects_of(video)
    video_remove(by=alice, public_id=video.public_id)
    drain()

    poster_take(stream_id=stream.pk, at_ms=0)

    assert not list(folder.glob("**/*"))
