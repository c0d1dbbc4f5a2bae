"""The editor: details, chapters, captions, languages; whatever is sent to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Channel, Member, Video, VideoTranslation
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Stream, Upload
from antenne.pipeline.stages.captions import caption_clear, caption_text
from tests.factories.catalog import video_make
from tests.factories.pipeline import stream_make
from tests.web.pages import block_of, client_of

DETAILS = {
    "title": "Geese",
    "description": "On a lake",
    "tags": "Birds, #lake, birds",
    "category": "animals",
    "language": "fr",
    "licence": "CC-BY-4.0",
    "sensitive": "on",
    "visibility": "public",
    "commenting": "held",
    "slow_mode_s": "30",
    "embedding": "all",
    "geo": "except",
    "geo_countries": "fr, be",
}
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nFish & <b>chips</b>\n"


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's video."""
    return video_make(channel)


@pytest.fixture
def mine(alice: Person) -> Client:
    """Alice's browser."""
    return client_of(alice)


def place(video: Video, rest: str = "") -> str:
    return f"/studio/videos/{video.public_id}{rest}"


def caption_of(mine: Client, video: Video) -> Caption:
    """Bring a file of captions and return the track."""
    file = SimpleUploadedFile("a.vtt", VTT.encode())
    mine.post(place(video, "/captions/add"), {"file": file, "language": "en"})
    return Caption.objects.get()


def test_everything_that_can_be_said_is_kept(mine: Client, video: Video) -> None:
    assert mine.post(place(video), DETAILS).status_code == 302

    video.refresh_from_db()
    assert (video.category, video.licence, video.tags) == (
        "animals",
        "CC-BY-4.0",
        ["birds", "lake"],
    )
    assert (video.sensitive, video.commenting, video.slow_mode_s) == (True, "held", 30)
    assert (video.geo, video.geo_countries, video.downloadable) == ("except", ["BE", "FR"], False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"category": "x"},
        {"licence": "MIT"},
        {"slow_mode_s": "-1"},
        {"slow_mode_s": "1e9"},
        {"commenting": ""},
        {"geo": "only", "geo_countries": ""},
        {"geo": "only", "geo_countries": "France"},
        {"geo_countries": "\u0661\u0661"},
        {"tags": ",".join(str(number) for number in range(40))},
        {"visibility": "withdrawn"},
        {"visibility": "scheduled", "publish_at": "tomorrow"},
        {"description": "x" * 10_001},
    ],
    ids=str,
)
def test_what_does_not_fit_changes_nothing(
    mine: Client, video: Video, wrong: dict[str, str]
) -> None:
    before = Video.objects.values().get()

    assert mine.post(place(video), DETAILS | wrong).status_code == 200

    assert Video.objects.values().get() == before


def test_chapters_of_the_studio_come_before_those_of_the_text(mine: Client, video: Video) -> None:
    Video.objects.update(description="0:00 A\n0:02 B\n0:04 C")
    rows = {"at": ["0:05,5", "0:00", ""], "title": ["Dusk", "Dawn", ""]}

    mine.post(place(video, "/chapters"), rows)

    shown = block_of(mine.get(f"/v/{video.public_id}"), "playback")["chapters"]
    assert [(row["startMs"], row["title"]) for row in shown] == [(0, "Dawn"), (5500, "Dusk")]
    mine.post(place(video, "/chapters"), {"at": [""], "title": [""]})
    assert Video.objects.get().chapters == []


@pytest.mark.parametrize(
    ("at", "title"),
    [
        (["0:05", "0:09"], ["B", "C"]),
        (["0:00"], ["A"]),
        (["soon", "0:00"], ["A", "B"]),
        (["0:00", "-1"], ["A", "B"]),
        ([f"{n}" for n in range(92)], ["A"] * 92),
    ],
)
def test_chapters_that_are_none_are_given_back(
    mine: Client, video: Video, at: list[str], title: list[str]
) -> None:
    page = mine.post(place(video, "/chapters"), {"at": at, "title": title})

    assert page.status_code == 422
    assert Video.objects.get().chapters == []
    assert [row["at"] for row in page.context["rows"]][: len(at)] == at


def test_captions_are_rewritten_beside_the_video(mine: Client, video: Video) -> None:
    caption = caption_of(mine, video)
    before = caption.path
    text = "WEBVTT\n\n00:03.000 --> 00:04.000\nAll new\n\n00:01.000 --> 00:02.000\nFirst"

    mine.post(place(video, f"/captions/{caption.pk}"), {"text": text})

    caption.refresh_from_db()
    assert caption.path != before
    assert caption_text(caption).index("First") < caption_text(caption).index("All new")
    caption_clear(public_id=video.public_id, path=before)
    kept = [row.key for row in storage_open(environment()).list(f"media/{video.public_id}")]
    assert kept == [f"media/{video.public_id}/{caption.path}"]


@pytest.mark.parametrize("text", ["", "WEBVTT", "no times at all", "WEBVTT\n\nx --> y\nz"])
def test_captions_without_a_time_are_refused(mine: Client, video: Video, text: str) -> None:
    caption = caption_of(mine, video)

    assert mine.post(place(video, f"/captions/{caption.pk}"), {"text": text}).status_code == 200

    assert "Fish" in caption_text(Caption.objects.get())


def test_captions_are_taken_away_as_files(mine: Client, video: Video) -> None:
    caption = caption_of(mine, video)

    srt = mine.get(place(video, f"/captions/{caption.pk}/file.srt"))
    vtt = mine.get(place(video, f"/captions/{caption.pk}/file.vtt"))

    assert "00:00:01,000 --> 00:00:02,500\nFish & chips" in srt.content.decode()
    assert vtt.content.startswith(b"WEBVTT")
    assert "attachment" in vtt.headers["Content-Disposition"]


def test_a_track_is_begun_and_written(mine: Client, video: Video) -> None:
    first = mine.post(place(video, "/captions/new"), {"language": "fr", "label": "Français"})
    again = mine.post(place(video, "/captions/new"), {"language": "fr", "label": "Français"})

    assert first.headers["Location"] == again.headers["Location"]
    assert mine.get(first.headers["Location"]).status_code == 200
    assert Caption.objects.get().origin == "written"


def test_a_nameless_track_is_called_what_its_language_calls_itself(
    mine: Client, video: Video
) -> None:
    mine.post(place(video, "/captions/new"), {"language": "fr"})

    assert (Caption.objects.get().language, Caption.objects.get().label) == ("fr", "Français")


def test_a_language_that_is_not_in_the_list_is_kept(mine: Client, video: Video) -> None:
    video.language = "gsw"
    video.save(update_fields=["language"])

    assert mine.post(place(video), DETAILS | {"language": "gsw"}).status_code == 302
    assert mine.post(place(video), DETAILS | {"language": "xx"}).status_code == 200
    video.refresh_from_db()
    assert (video.language, video.title) == ("gsw", "Geese")


def test_a_further_language_is_one_that_is_not_there_yet(mine: Client, video: Video) -> None:
    fields = {"language": "fr", "title": "Les cygnes"}
    mine.post(place(video, "/languages"), fields)

    page = mine.get(place(video, "/languages"))
    mine.post(place(video, "/languages"), fields | {"title": "Le lac"})

    assert "fr" not in dict(page.context["form"].fields["language"].choices)
    assert VideoTranslation.objects.get().title == "Le lac"


def test_languages_of_the_site_are_offered_before_all_others(mine: Client, video: Video) -> None:
    page = mine.get(place(video, "/languages"))

    offered = [name for _code, name in page.context["form"].fields["language"].choices]
    assert offered[:6] == ["", "Brazilian Portuguese", "English", "French", "Japanese", "Spanish"]
    assert offered[6:8] == ["Afrikaans", "Albanian"]


def test_a_title_is_shown_in_the_viewers_language(
    mine: Client, video: Video, client: Client
) -> None:
    fields = {"language": "fr", "title": "Les cygnes", "description": "Sur un lac"}
    mine.post(place(video, "/languages"), fields)

    french = client.get(f"/v/{video.public_id}", headers={"accept-language": "fr"})
    english = client.get(f"/v/{video.public_id}", headers={"accept-language": "en"})

    assert "Les cygnes" in french.content.decode()
    assert "Les cygnes" not in english.content.decode()
    mine.post(place(video, "/languages/fr/drop"))
    assert not VideoTranslation.objects.exists()


@pytest.mark.parametrize("language", ["", "f", "französisch", "../..", "fr\n"])
def test_a_language_that_is_none_is_refused(mine: Client, video: Video, language: str) -> None:
    fields = {"language": language, "title": "x" if language.strip() != "fr" else ""}

    assert mine.post(place(video, "/languages"), fields).status_code == 200
    assert not VideoTranslation.objects.exists()


PAGES = ["", "/chapters", "/captions", "/captions/{caption}", "/languages"]
POSTS = [
    ("/chapters", {"at": ["0:00", "0:02"], "title": ["A", "B"]}),
    ("/captions/{caption}", {"text": VTT.replace("Fish", "Fowl")}),
    ("/captions/{caption}/drop", {}),
    ("/captions/new", {"language": "fr"}),
    ("/languages", {"language": "fr", "title": "Les cygnes"}),
    ("/languages/de/drop", {}),
]


def test_a_stranger_sees_and_changes_nothing(mine: Client, video: Video, bob: Person) -> None:
    caption = caption_of(mine, video)
    before: list[Any] = [*Video.objects.values(), *Caption.objects.values()]
    other = client_of(bob)

    for rest in PAGES:
        assert other.get(place(video, rest.format(caption=caption.pk))).status_code == 404
    for rest, fields in POSTS:
        assert other.post(place(video, rest.format(caption=caption.pk)), fields).status_code == 404

    assert [*Video.objects.values(), *Caption.objects.values()] == before
    assert not VideoTranslation.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("statistics", 404)])
def test_the_team_opens_the_editor_by_role(
    video: Video, bob: Person, role: str, status: int
) -> None:
    channel = video.channel
    Member.objects.create(home=channel.home, channel=channel, person=bob, role=role)

    for rest in ("", "/chapters", "/captions", "/languages"):
        assert client_of(bob).get(place(video, rest)).status_code == status


def test_what_is_changed_in_two_tabs_stays_in_both(mine: Client, video: Video) -> None:
    mine.post(place(video), DETAILS)
    page = mine.get(place(video)).content.decode()
    said = dict(re.findall(r'name="(initial-\w+)" value="([^"]*)"', page))
    shown = {**DETAILS, "tags": "birds, lake", "geo_countries": "BE, FR", **said}

    mine.post(place(video), {**shown, "title": "Grey geese", "tags": ""})
    mine.post(place(video), {**shown, "description": "On two lakes", "sensitive": []})

    video.refresh_from_db()
    assert (video.title, video.description) == ("Grey geese", "On two lakes")
    assert (video.tags, video.geo_countries, video.sensitive) == ([], ["BE", "FR"], False)
    assert (video.commenting, video.licence) == ("held", "CC-BY-4.0")


def test_captions_of_the_file_that_are_pictures_are_named(mine: Client, video: Video) -> None:
    stream = stream_make(video.channel)
    tracks = [
        {"codec": "hdmv_pgs_subtitle", "language": "eng", "title": "<b>", "text": False},
        {"codec": "dvb_teletext", "language": "deu", "title": "", "text": False},
        {"codec": "subrip", "language": "fra", "title": "", "text": True},
    ]
    Upload.objects.filter(pk=stream.upload.pk).update(probe={"subtitles": tracks})
    Stream.objects.filter(pk=stream.pk).update(video=video, name=video.stream)

    page = mine.get(place(video, "/captions")).content.decode()

    assert "PGS (&lt;b&gt;), Teletext (deu)." in page
    assert "subrip" not in page


def test_there_is_nothing_to_cut_or_caption_in_a_refused_video(
    mine: Client, channel: Channel
) -> None:
    refused = video_make(channel, state="refused")

    page = mine.get(place(refused)).content.decode()

    assert place(refused, "/statistics") in page
    assert place(refused, "/cut") not in page
    assert place(refused, "/captions") not in page
