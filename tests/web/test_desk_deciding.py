"""Reports through the pages: from the button to the decision and the appeal."""

from __future__ import annotations

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.moderation.models import Appeal, Decision, Report
from antenne.moderation.selectors.appeals import appeal_ticket
from tests.factories.catalog import video_make
from tests.factories.moderation import REASONS, decision_make, report_make
from tests.web.pages import client_of


def test_a_stranger_reports_and_mona_decides(channel: Channel, mona: Person) -> None:
    video = video_make(channel, title="Swans")
    page = f"/report/video/{video.public_id}"
    assert page in Client().get(f"/v/{video.public_id}").content.decode()

    thanks = Client().post(page, {"complaint": "privacy", "text": "Me.", "email": ""})
    report = Report.objects.get()
    desk = client_of(mona)
    assert "Swans" in desk.get("/desk/reports").content.decode()
    fields = {"action": "withdraw", **REASONS}
    first = desk.post(f"/desk/reports/{report.pk}", fields)
    twice = desk.post(f"/desk/reports/{report.pk}", fields).content.decode()

    assert "Thank you" in thanks.content.decode()
    assert first.headers["Location"] == "/desk/reports"
    assert "decided this meanwhile" in twice
    assert Client().get(f"/v/{video.public_id}").status_code == 451
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("path", ["/report/video/x9", "/report/nothing/x", "/report/comment/x"])
def test_what_is_not_there_cannot_be_reported(region: None, path: str) -> None:
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"complaint": "spam"}).status_code == 404


def test_only_the_person_concerned_reads_a_statement(
    channel: Channel, bob: Person, mona: Person
) -> None:
    decision = decision_make(video_make(channel), by=mona)
    path = f"/decisions/{decision.pk}"

    page = client_of(channel.person).get(path).content.decode()

    assert "terms, section 3" in page
    assert "dora@example.org" not in page
    assert client_of(bob).get(path).status_code == 404
    assert Client().get(path).status_code == 302
    assert Client().get(f"{path}?ticket=x.y").status_code == 302


def test_whoever_is_kept_out_appeals_with_the_ticket_of_the_letter(
    channel: Channel, mona: Person
) -> None:
    decision = decision_make(video_make(channel), by=mona, action="suspend")
    path = f"/decisions/{decision.pk}?ticket={appeal_ticket(decision)}"

    Client().post(path, {"text": "They agreed."})

    assert Appeal.objects.get().by == channel.person
    assert client_of(mona).get("/desk/appeals").status_code == 200


def test_nobody_else_reads_a_report(channel: Channel, alice: Person, bob: Person) -> None:
    report = report_make(video_make(channel), by=bob)
    path = f"/desk/reports/{report.pk}"

    for client in (client_of(alice), client_of(bob)):
        assert client.get(path).status_code == 404
        assert client.post(path, {"action": "none"}).status_code == 404
    for answer in (Client().get(path), Client().post(path, {"action": "none"})):
        assert answer.headers["Location"].startswith("/sign-in")

    assert not Decision.objects.exists()


def test_a_suspended_person_is_signed_out_at_once(channel: Channel, mona: Person) -> None:
    theirs = client_of(channel.person)
    assert theirs.get("/studio").status_code == 200

    client_of(mona).post("/desk/people/alice/suspend", {"reason": "Spam."})

    assert theirs.get("/studio").status_code == 302
    assert "Spam." in client_of(mona).get("/desk/people/alice").content.decode()
