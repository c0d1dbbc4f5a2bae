"""The desk's pages of one person, channel, video and comment, and a channel that changes hands."""

from __future__ import annotations

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.accounts.refusals import NotAllowed
from antenne.catalog.models import Channel, Member
from antenne.custody.models import AuditEntry
from antenne.kernel.models import FactRecord
from antenne.moderation.models import Decision
from antenne.moderation.services.channels import channel_give
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make
from tests.factories.community import comment_make
from tests.factories.moderation import REASONS, report_make
from tests.factories.pipeline import upload_make
from tests.web.pages import client_of


def test_a_video_has_a_page_with_all_that_is_known(
    channel: Channel, bob: Person, mona: Person
) -> None:
    upload = upload_make(channel, filename="swans.mov")
    assert upload.video is not None
    report_make(video_make(channel), by=bob)
    path = f"/desk/videos/{upload.video.public_id}"

    page = client_of(mona).get(path).content.decode()

    assert "swans.mov" in page
    assert 'href="/desk/channels/alice"' in page
    assert "Nobody has reported it." in page


def test_a_decision_about_what_is_reported_answers_the_reports(
    channel: Channel, bob: Person, mona: Person
) -> None:
    video = video_make(channel)
    report = report_make(video, by=bob)
    path, browser = f"/desk/videos/{video.public_id}", client_of(mona)

    browser.post(path, {"action": "withdraw", **REASONS})

    report.refresh_from_db()
    assert (report.state, report.decision) == ("decided", Decision.objects.get())
    assert Decision.objects.get().source == "SOURCE_ARTICLE_16"
    page = browser.get(path).content.decode()
    assert "decided about something" in page
    assert REASONS["facts"] in page


def test_a_person_has_a_page_with_what_they_have_and_do(
    channel: Channel, bob: Person, mona: Person
) -> None:
    comment_make(video_make(channel), by=bob)
    report_make(video_make(channel), by=bob)
    token_make(bob)

    page = client_of(mona).get("/desk/people/bob").content.decode()

    assert "1 access token" in page
    assert 'href="/desk/comments?text=bob">1</a>' in page
    assert "Nothing was decided." in page


def test_a_comment_is_hidden_from_its_page(channel: Channel, bob: Person, mona: Person) -> None:
    comment = comment_make(video_make(channel), by=bob, body="Buy my swans.")
    path, browser = f"/desk/comments/{comment.pk}", client_of(mona)
    assert "Buy my swans." in browser.get(path).content.decode()

    browser.post(path, {"action": "withdraw", **REASONS})

    comment.ruling.refresh_from_db()
    assert comment.ruling.state == "hidden"


def test_mona_hands_a_channel_over(
    channel: Channel, alice: Person, bob: Person, mona: Person
) -> None:
    browser = client_of(mona)

    browser.post("/desk/channels/alice/give", {"to": "@Bob", "reason": "Alice has left."})

    channel.refresh_from_db()
    assert channel.person == bob
    assert Member.objects.get(channel=channel).person == alice
    note = AuditEntry.objects.get()
    assert (note.action, note.before, note.after, note.reason) == (
        "channel.handed_over",
        {"owner": "alice"},
        {"owner": "bob"},
        "Alice has left.",
    )
    said = FactRecord.objects.get(name="channel.handed_over").payload
    assert (said["before"], said["to"]) == (str(alice.pk), str(bob.pk))
    assert "handed a channel over" in browser.get("/desk/channels/alice").content.decode()


@pytest.mark.parametrize(
    ("to", "reason", "words"),
    [
        ("@nobody", "why", "Nobody who can sign in"),
        ("@alice", "why", "theirs already"),
        ("", "why", "Name the new owner"),
        ("@bob", "", "Name the new owner"),
    ],
)
@pytest.mark.usefixtures("bob")
def test_a_channel_stays_where_it_cannot_go(
    channel: Channel, mona: Person, to: str, reason: str, words: str
) -> None:
    fields = {"to": to, "reason": reason}

    page = client_of(mona).post("/desk/channels/alice/give", fields, follow=True)

    assert words in page.content.decode()
    channel.refresh_from_db()
    assert channel.person.handle == "alice"
    assert not AuditEntry.objects.exists()


def test_nobody_else_gives_a_channel_away(channel: Channel, alice: Person, bob: Person) -> None:
    with pytest.raises(NotAllowed):
        channel_give(by=bob, handle="alice", to="bob", reason="mine")

    channel.refresh_from_db()
    assert channel.person == alice


@pytest.mark.parametrize(
    "path", ["channels/none", "videos/none", "comments/01890a5d-ac96-774b-bcce-b302099a8057"]
)
def test_what_is_not_there_has_no_page(mona: Person, path: str) -> None:
    assert client_of(mona).get(f"/desk/{path}").status_code == 404
    assert Client().get(f"/desk/{path}").headers["Location"].startswith("/sign-in")
