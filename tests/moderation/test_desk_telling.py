"""Those who run the site hear of what waits: one notice a queue, gone when it is handled."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from antenne.accounts.models import Mail, Person, SignUpRequest
from antenne.accounts.services import sign_up_approve, sign_up_shown
from antenne.catalog.models import Channel
from antenne.community.models import Notification
from antenne.community.selectors.notifications import unread_count
from antenne.community.services.letters import letters_send
from antenne.community.services.notifications import notifications_read, wish_set
from antenne.community.states import Kind, MailPace
from antenne.flow import FLOW
from antenne.kernel.clock import now
from antenne.kernel.models import FactRecord
from antenne.moderation import tasks
from antenne.moderation.services.appeals import appeal_answer, appeal_create
from antenne.moderation.services.decisions import Ruling, report_decide
from antenne.moderation.services.people import operator_set
from tests.cast import PASSWORD, login_of, person_make
from tests.factories.accounts import address_verify, code_sent, mode_set
from tests.factories.catalog import video_make
from tests.factories.moderation import REASONS, decision_make, report_make
from tests.web.pages import client_of


def facts_follow() -> None:
    """Run what the desk hears of every fact so far, twice, as a worker may; then forget them."""
    for fact in FactRecord.objects.order_by("created_at", "pk"):
        for handler in FLOW[fact.name]:
            if handler in (tasks.desk_hears, tasks.desk_settles):
                handler(**fact.payload)
                handler(**fact.payload)
    FactRecord.objects.all().delete()


def told(person: Person) -> list[tuple[str, str]]:
    """Return what the desk tells a person, and where it leads."""
    rows = Notification.objects.filter(person=person, kind=Kind.DESK).order_by("created_at")
    return [(row.note, row.path) for row in rows]


def test_many_reports_are_one_notice(
    channel: Channel, bob: Person, charlie: Person, mona: Person
) -> None:
    video = video_make(channel)
    report_make(video, by=bob, complaint="spam")
    report_make(video, by=charlie, complaint="spam")
    report_make(video_make(channel), by=charlie, complaint="child")
    facts_follow()

    assert told(mona) == [("3 open reports · 1 of them urgent.", "/desk/reports")]
    assert unread_count(mona) == 1
    assert told(channel.person) == told(bob) == []


def test_what_a_colleague_has_decided_is_gone(channel: Channel, bob: Person, mona: Person) -> None:
    nora = person_make("Nora", operator=True)
    first, second = (report_make(video_make(channel), by=bob) for _time in range(2))
    facts_follow()

    report_decide(by=nora, report_id=first.pk, ruling=Ruling("none"))
    facts_follow()
    assert told(mona) == told(nora) == [("1 open report", "/desk/reports")]

    report_decide(by=nora, report_id=second.pk, ruling=Ruling("none"))
    facts_follow()
    assert told(mona) == told(nora) == []
    assert unread_count(mona) == 0


def test_what_was_read_is_told_again_only_when_something_comes(
    channel: Channel, bob: Person, charlie: Person, mona: Person
) -> None:
    nora = person_make("Nora", operator=True)
    reports = [report_make(video_make(channel), by=bob) for _time in range(2)]
    facts_follow()
    notifications_read(by=mona)

    report_decide(by=nora, report_id=reports[0].pk, ruling=Ruling("none"))
    facts_follow()
    assert (told(mona), unread_count(mona)) == ([("1 open report", "/desk/reports")], 0)

    report_make(video_make(channel), by=charlie)
    facts_follow()
    assert (told(mona), unread_count(mona)) == ([("2 open reports", "/desk/reports")], 1)


def test_an_appeal_is_told_until_it_is_answered(channel: Channel, mona: Person) -> None:
    nora = person_make("Nora", operator=True)
    decision = decision_make(video_make(channel), by=mona)
    facts_follow()
    assert told(nora) == []

    appeal = appeal_create(by=channel.person, decision_id=decision.pk, text="I did agree.")
    facts_follow()
    assert told(nora) == [("1 appeal", "/desk/appeals")]

    appeal_answer(by=nora, appeal_id=appeal.pk, reverse=False, answer="The rules say so.")
    facts_follow()
    assert told(nora) == told(mona) == []


def test_a_sign_up_is_told_once_its_address_was_shown(mona: Person) -> None:
    mode_set("approval")
    client = Client()
    form = {"email": "dora@example.org", "name": "Dora", "handle": "dora", "message": "Hello."}
    client.post("/sign-up", {**form, "password1": PASSWORD, "password2": PASSWORD})
    facts_follow()
    assert told(mona) == []

    client.post("/account/confirm-email/", {"code": code_sent("dora@example.org")})
    facts_follow()
    assert told(mona) == [("1 sign-up waits", "/desk/joining")]

    sign_up_approve(by=mona, request_id=SignUpRequest.objects.get().pk)
    facts_follow()
    assert told(mona) == []


def test_who_never_waited_is_not_told_of(alice: Person) -> None:
    sign_up_shown(user=login_of(alice))

    assert not FactRecord.objects.filter(name="sign_up.waits").exists()


def test_one_letter_a_day_says_how_things_stand(
    channel: Channel, bob: Person, charlie: Person, mona: Person
) -> None:
    address_verify(mona)
    for person in (bob, charlie):
        report_make(video_make(channel), by=person)
    decision_make(video_make(channel), by=mona)
    Mail.objects.all().delete()
    facts_follow()

    assert [letters_send(pace=MailPace.DAILY) for _time in range(2)] == [1, 0]
    letter = Mail.objects.get()
    assert letter.subject == "2 open reports"
    assert "/desk/reports" in letter.text
    assert "List-Unsubscribe" in letter.headers


def test_a_letter_at_once_is_sent_to_whoever_wants_it(
    channel: Channel, bob: Person, charlie: Person, mona: Person
) -> None:
    address_verify(mona)
    wish_set(by=mona, kind=Kind.DESK, in_page=False, pace=MailPace.NOW)
    for person in (bob, charlie):
        report_make(video_make(channel), by=person)
    facts_follow()

    with time_machine.travel(now() + timedelta(minutes=3)):
        assert [letters_send(pace=MailPace.NOW) for _time in range(2)] == [1, 0]
    assert unread_count(mona) == 0
    assert Mail.objects.get().subject == "2 open reports"


def test_who_wants_to_hear_nothing_hears_nothing(
    channel: Channel, bob: Person, mona: Person
) -> None:
    wish_set(by=mona, kind=Kind.DESK, in_page=False, pace=MailPace.NEVER)
    report_make(video_make(channel), by=bob)
    facts_follow()

    assert told(mona) == []


def test_who_runs_the_site_no_longer_is_told_no_longer(
    channel: Channel, bob: Person, mona: Person
) -> None:
    person_make("Nora", operator=True)
    nora = Person.objects.get(handle="nora")
    report_make(video_make(channel), by=bob)
    facts_follow()
    assert told(nora) == [("1 open report", "/desk/reports")]

    operator_set(by=mona, handle="nora", on=False, reason="She left.", password=PASSWORD)
    facts_follow()
    assert told(nora) == []
    assert told(mona) == [("1 open report", "/desk/reports")]


def test_only_who_runs_the_site_may_choose_how_to_hear_of_the_desk(
    alice: Person, mona: Person
) -> None:
    for person, offered in ((alice, False), (mona, True)):
        page = client_of(person).get("/settings/notices").content.decode()
        assert (str(Kind.DESK.label) in page) is offered


def test_an_address_nobody_has_shown_gets_no_letter(
    channel: Channel, bob: Person, mona: Person
) -> None:
    EmailAddress.objects.filter(user=login_of(mona)).update(verified=False)
    report_make(video_make(channel), by=bob)
    facts_follow()

    letters_send(pace=MailPace.DAILY)

    assert not Mail.objects.exists()


def test_a_decided_report_leads_to_no_notice_however_late_it_is_heard(
    channel: Channel, bob: Person, mona: Person
) -> None:
    report = report_make(video_make(channel), by=bob)
    report_decide(by=mona, report_id=report.pk, ruling=Ruling("none", **{**REASONS, "ground": ""}))
    facts_follow()

    assert told(mona) == []
