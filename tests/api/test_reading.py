"""Lists, what an owner alone is told, and what browsers and caches are told."""

from __future__ import annotations

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.visibility import Showing, visibility_set
from tests.api.callers import ROOT, Calls, said
from tests.factories.catalog import video_make
from tests.factories.pipeline import unit_given_up


def test_a_list_goes_on_where_it_stopped_though_something_was_added(channel: Channel) -> None:
    made = [video_make(channel, title=f"Swan {count}").public_id for count in range(5)]
    first = said(Calls().get("/videos?size=2"))
    video_make(channel, title="A late one")

    second = said(Calls().get(f"/videos?size=2&cursor={first['next_cursor']}"))
    third = said(Calls().get(f"/videos?size=2&cursor={second['next_cursor']}"))

    ids = [row["id"] for page in (first, second, third) for row in page["items"]]
    assert ids == list(reversed(made))
    assert third["next_cursor"] is None


def test_lists_hold_what_is_public_and_on_the_air_only(channel: Channel) -> None:
    shown = video_make(channel).public_id
    for visibility in ("unlisted", "private"):
        video_make(channel, visibility=visibility)
    video_make(channel, state="processing")

    assert [row["id"] for row in said(Calls().get("/videos"))["items"]] == [shown]
    path = f"/channels/{channel.handle}/videos"
    assert [row["id"] for row in said(Calls().get(path))["items"]] == [shown]


def test_an_owner_sees_everything_of_their_own(alice: Person, channel: Channel) -> None:
    for visibility in ("public", "unlisted", "private"):
        video_make(channel, visibility=visibility)

    for path in ("/me/videos", f"/channels/{channel.handle}/videos"):
        rows = said(Calls(alice).get(path))["items"]
        assert [row["visibility"] for row in rows] == ["private", "unlisted", "public"]


def test_only_the_owner_is_told_on_which_sites_it_may_stand(
    alice: Person, bob: Person, video: Video
) -> None:
    calls, path = Calls(alice), f"/videos/{video.public_id}"
    wish = {"embedding": "listed", "sites": ["B.example", "*.a.example:8443", "b.example"]}
    calls("PUT", f"{path}/embedding", wish)

    assert said(calls.get(path))["owner"]["embed_sites"] == ["*.a.example:8443", "b.example"]
    for other in (Calls(bob), Calls()):
        assert said(other.get(path))["owner"] is None


@pytest.mark.parametrize("site", ["a b", "a;script-src *", "'self'", "https://a.example", "é", ""])
def test_a_site_that_is_no_host_name_never_gets_into_a_policy(
    alice: Person, video: Video, site: str
) -> None:
    wish = {"embedding": "listed", "sites": [site]}

    response = Calls(alice)("PUT", f"/videos/{video.public_id}/embedding", wish)

    video.refresh_from_db()
    assert response.status_code == (422 if site else 200)
    assert video.embed_sites == []


def test_what_has_not_changed_is_not_sent_again(video: Video) -> None:
    path = f"/videos/{video.public_id}"
    etag = Calls().get(path)["ETag"]

    again = Calls().get(path, If_None_Match=etag)
    visibility_set(by=video.channel.person, public_id=video.public_id, showing=Showing("unlisted"))
    changed = Calls().get(path, If_None_Match=etag)

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_pages_of_other_sites_may_read_what_is_public_and_nothing_else(video: Video) -> None:
    client = Client(headers={"Origin": "https://other.example"})

    assert client.get(f"{ROOT}/videos")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in client.get(f"{ROOT}/videos")
    assert "Access-Control-Allow-Origin" not in client.get(f"{ROOT}/me")
    preflight = client.options(f"{ROOT}/videos/{video.public_id}/playback")
    assert preflight["Access-Control-Allow-Headers"] == "Antenne-Password, If-None-Match"
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Access-Control-Allow-Origin" not in client.options(f"{ROOT}/tokens")


def test_head_says_what_get_would(video: Video) -> None:
    response = Calls()("HEAD", f"/videos/{video.public_id}")

    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"]


def test_who_runs_the_site_reads_why_work_was_given_up(mona: Person, channel: Channel) -> None:
    unit = unit_given_up(channel, reason="ffmpeg was killed")

    rows = said(Calls(mona).get("/jobs/given-up"))["items"]

    found = [(row["video"], row["kind"], row["attempts"], row["reason"]) for row in rows]
    assert found == [(unit.stream.video.public_id, "video", 3, "ffmpeg was killed")]
