"""Lists of the desk: narrowed, ordered, and with decisions about several things at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.states import TallyKind
from antenne.community.states import Ruled
from antenne.custody.models import AuditEntry
from antenne.kernel.clock import now
from antenne.moderation.models import Decision, Report
from antenne.moderation.selectors import lists
from antenne.moderation.selectors.lists import Asked, videos_page
from antenne.pipeline.selectors import quota_of
from tests.cast import person_make
from tests.factories.catalog import video_make
from tests.factories.community import comment_make
from tests.factories.moderation import REASONS, report_make
from tests.factories.pipeline import upload_make
from tests.web.pages import client_of


def titles(mona: Person, **asked: object) -> list[str]:
    page = videos_page(by=mona, asked=Asked(**asked))  # type: ignore[arg-type]
    return [str(listed.row.title) for listed in page.rows]  # type: ignore[attr-defined]


@pytest.fixture
def birds(channel: Channel, bob: Person) -> dict[str, Video]:
    """Three videos: an old one, one that is reported, one that is watched."""
    made = {title: video_make(channel, title=title) for title in ("Swans", "Geese", "Herons")}
    Video.objects.filter(pk=made["Swans"].pk).update(created_at=now() - timedelta(days=40))
    report_make(made["Geese"], by=bob)
    tally_add(subject=made["Herons"].pk, home="eu", kind=TallyKind.VIEWS, by=9)
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Herons", "Geese", "Swans"]),
        ({"sort": "old"}, ["Swans", "Geese", "Herons"]),
        ({"sort": "views"}, ["Herons", "Geese", "Swans"]),
        ({"sort": "reports"}, ["Geese", "Herons", "Swans"]),
        ({"age": "30"}, ["Herons", "Geese"]),
        ({"reported": True}, ["Geese"]),
        ({"text": "heron"}, ["Herons"]),
        ({"text": "@alice"}, ["Herons", "Geese", "Swans"]),
        ({"text": "@bob"}, []),
        ({"visibility": "private"}, []),
        ({"state": "ready", "region": "eu"}, ["Herons", "Geese", "Swans"]),
    ],
)
def test_videos_are_narrowed_and_ordered(
    birds: dict[str, Video], mona: Person, asked: dict[str, object], found: list[str]
) -> None:
    assert titles(mona, **asked) == found


@pytest.mark.parametrize("sort", ["new", "old", "views", "reports"])
def test_every_order_has_pages_and_loses_nothing(
    channel: Channel, mona: Person, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "SIZE", 2)
    made = {video_make(channel, title=f"Swan {number}").title for number in range(5)}
    browser = client_of(mona)

    path, sizes, seen = f"/desk/videos?text=swan&sort={sort}", [], set()
    for _page in range(3):
        page = browser.get(path).context
        sizes.append(len(page["page"].rows))
        seen |= {listed.row.title for listed in page["page"].rows}
        path = "/desk/videos?" + page["more"]

    assert (sizes, seen) == ([2, 2, 1], made)


@pytest.mark.parametrize("path", ["people?state=x", "videos?age=2", "comments?sort=views"])
def test_what_cannot_be_asked_is_not_there(mona: Person, path: str) -> None:
    assert client_of(mona).get(f"/desk/{path}").status_code == 404


def test_channels_and_comments_are_found(channel: Channel, bob: Person, mona: Person) -> None:
    channel_create(person=bob, name="Trains")
    comment = comment_make(video_make(channel), by=bob, body="Lovely geese.")
    browser = client_of(mona)

    channels = browser.get("/desk/channels?text=train").content.decode()
    comments = browser.get("/desk/comments?text=geese&state=shown").content.decode()

    assert "Trains" in channels
    assert "@alice" not in channels
    assert f"/desk/comments/{comment.pk}" in comments
    assert "Lovely" not in browser.get("/desk/comments?state=hidden").content.decode()


def test_people_are_ordered_by_what_they_keep(channel: Channel, bob: Person, mona: Person) -> None:
    upload_make(channel)

    page = client_of(mona).get("/desk/people?sort=space").context["page"]

    assert page.rows[0].row == channel.person


def test_several_videos_are_withdrawn_with_one_statement(
    birds: dict[str, Video], mona: Person, bob: Person
) -> None:
    chosen = [birds["Swans"].public_id, birds["Geese"].public_id]
    browser = client_of(mona)

    asked = browser.post("/desk/chosen/videos", {"chosen": chosen, "back": "/desk/videos?sort=old"})
    assert "Swans" in asked.content.decode()
    assert not Decision.objects.exists()
    fields = {"chosen": chosen, "back": "/desk/videos?sort=old", "action": "withdraw", **REASONS}
    done = browser.post("/desk/chosen/videos", fields)

    assert done.headers["Location"] == "/desk/videos?sort=old"
    assert Decision.objects.count() == AuditEntry.objects.count() == 2
    assert Report.objects.get().state == "decided"
    statuses = [Client().get(f"/v/{video.public_id}").status_code for video in birds.values()]
    assert statuses == [451, 451, 200]


def test_without_reasons_nothing_is_decided(birds: dict[str, Video], mona: Person) -> None:
    fields = {"chosen": [birds["Swans"].public_id], "action": "withdraw"}

    page = client_of(mona).post("/desk/chosen/videos", fields)

    assert "Say on which ground." in page.content.decode()
    assert not Decision.objects.exists()
    assert Client().get(f"/v/{birds['Swans'].public_id}").status_code == 200


def test_several_comments_are_hidden_and_people_suspended(
    channel: Channel, bob: Person, charlie: Person, mona: Person
) -> None:
    video = video_make(channel)
    comments = [comment_make(video, by=person) for person in (bob, charlie)]
    browser = client_of(mona)

    hide = {"chosen": [str(row.pk) for row in comments], "action": "withdraw", **REASONS}
    browser.post("/desk/chosen/comments", hide)
    suspend = {"chosen": ["bob", "mona"], "action": "suspend", **REASONS}
    said = browser.post("/desk/chosen/people", suspend, follow=True).content.decode()

    assert {row.ruling.state for row in video.comments.select_related("ruling")} == {Ruled.HIDDEN}
    bob.refresh_from_db()
    mona.refresh_from_db()
    assert bob.user is not None
    assert mona.user is not None
    assert (bob.user.is_active, mona.user.is_active) == (False, True)
    assert "cannot be suspended" in said


def test_a_quota_is_given_to_several_and_noted_for_each(
    alice: Person, bob: Person, mona: Person
) -> None:
    fields = {"chosen": ["alice", "bob"], "gigabytes": "2", "reason": "Archive."}

    client_of(mona).post("/desk/chosen/people/quota", fields)

    assert [quota_of(person) for person in (alice, bob)] == [2 * 10**9] * 2
    notes = AuditEntry.objects.filter(action="person.quota_set", reason="Archive.")
    assert {note.after["quota_bytes"] for note in notes} == {2 * 10**9}
    assert notes.count() == 2


def test_a_list_costs_the_same_for_three_rows_and_for_thirty(
    channel: Channel, mona: Person
) -> None:
    browser = client_of(mona)
    costs = []
    for rows in (3, 27):
        for number in range(rows):
            person = person_make(f"Guest{rows}x{number}")
            comment_make(video_make(channel, title=f"Swan {number}"), by=person)
        with CaptureQueriesContext(connection) as spent:
            for name in ("people", "channels", "videos", "comments"):
                assert browser.get(f"/desk/{name}").status_code == 200
        costs.append(len(spent))

    assert costs[1] <= costs[0]
