"""Decisions: with their reasons, told to both sides, taken back; appeals."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections

from antenne.accounts.models import Mail, Person
from antenne.accounts.refusals import NotAllowed
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.tallies import tallies_of
from antenne.community.models import CommentRuling
from antenne.community.selectors.places import place_of_post
from antenne.community.services.comments import comment_create
from antenne.community.services.posts import Words, channel_post
from antenne.community.states import Cause, Ruled
from antenne.custody.models import AuditEntry
from antenne.custody.services import region_found
from antenne.kernel.clock import now
from antenne.moderation.models import Decision, Report, Suspension
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.services.appeals import appeal_answer, appeal_create
from antenne.moderation.services.decisions import (
    Ruling,
    decision_reverse,
    decisions_due_end,
    report_decide,
)
from antenne.moderation.services.reports import Notice, report_create
from antenne.moderation.services.suspensions import videos_follow
from antenne.moderation.services.telling import decision_tell
from tests.cast import person_make
from tests.factories.catalog import video_make, video_of
from tests.factories.moderation import REASONS, decision_make, report_make


def test_a_withdrawn_video_is_off_the_air_and_every_report_on_it_is_closed(
    channel: Channel, bob: Person, mona: Person
) -> None:
    video = video_make(channel)
    report_make(video, by=bob)

    decision = decision_make(video, by=mona)

    video.refresh_from_db()
    assert video.visibility == "withdrawn"
    assert set(Report.objects.values_list("state", "decision")) == {("decided", decision.pk)}
    assert (decision.source, decision.automated_detection) == ("SOURCE_ARTICLE_16", False)
    assert decision.category == "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"
    assert AuditEntry.objects.get(action="subject.decided").actor == mona.pk


def test_nobody_else_decides(channel: Channel, alice: Person, bob: Person) -> None:
    video = video_make(channel)
    report = report_make(video, by=bob)

    for person in (alice, bob):
        with pytest.raises(NotAllowed):
            report_decide(by=person, report_id=report.pk, ruling=Ruling("none"))

    report.refresh_from_db()
    assert report.state == "open"


@pytest.mark.parametrize(
    "ruling",
    [
        Ruling("explode"),
        Ruling("withdraw"),
        Ruling("withdraw", ground="because", reference="x", facts="y"),
        Ruling("withdraw", **{**REASONS, "facts": " "}),
        Ruling("withdraw", **{**REASONS, "reference": ""}),
        Ruling("withdraw", **{**REASONS, "facts": "x" * 5001}),
        Ruling("withdraw", **REASONS, until=now() - timedelta(days=1)),
    ],
)
def test_a_decision_without_reasons_is_refused(
    channel: Channel, bob: Person, mona: Person, ruling: Ruling
) -> None:
    video = video_make(channel)
    report = report_make(video, by=bob)

    with pytest.raises(ModerationRefused):
        report_decide(by=mona, report_id=report.pk, ruling=ruling)

    video.refresh_from_db()
    assert video.visibility == "public"
    assert not Decision.objects.exists()


def test_both_sides_are_told_once_and_neither_who_the_other_is(
    channel: Channel, mona: Person
) -> None:
    decision = decision_make(video_make(channel), by=mona)

    decision_tell(decision=decision)

    letters = {mail.address: mail.text for mail in Mail.objects.all()}
    assert "decided: Take it off the air" in letters["dora@example.org"]
    assert not any("dora" in text for text in letters.values())


def test_it_is_taken_back_whole_and_once(channel: Channel, mona: Person) -> None:
    video = video_make(channel)
    decision = decision_make(video, by=mona)

    decision_reverse(by=mona, decision_id=decision.pk, reason="a mistake")
    with pytest.raises(ModerationRefused):
        decision_reverse(by=mona, decision_id=decision.pk, reason="again")

    video.refresh_from_db()
    assert video.visibility == "public"


def test_a_decision_ends_by_itself(channel: Channel, mona: Person) -> None:
    video = video_make(channel)
    decision = decision_make(video, by=mona, action="sensitive")
    Decision.objects.update(until=now() - timedelta(minutes=1))

    assert decisions_due_end() == 1
    assert decisions_due_end() == 0

    video.refresh_from_db()
    decision.refresh_from_db()
    assert (video.sensitive, decision.ended_at is not None) == (False, True)


def test_a_suspended_owner_is_out_and_comes_back(channel: Channel, mona: Person) -> None:
    video = video_make(channel)
    report = report_make(video, by=None)
    ruling = Ruling("suspend", **REASONS, hides=True)
    decision = report_decide(by=mona, report_id=report.pk, ruling=ruling)
    person = Person.objects.select_related("user").get(pk=channel.person_id)
    videos_follow(person=person)
    video.refresh_from_db()
    assert person.user is not None
    assert (person.user.is_active, video.visibility) == (False, "withdrawn")

    decision_reverse(by=mona, decision_id=decision.pk, reason="")
    videos_follow(person=person)

    video.refresh_from_db()
    person.user.refresh_from_db()
    assert (person.user.is_active, video.visibility) == (True, "public")
    assert not Suspension.objects.exists()


def test_an_appeal_is_made_once_by_the_person_concerned(
    channel: Channel, bob: Person, mona: Person
) -> None:
    decision = decision_make(video_make(channel), by=mona)

    with pytest.raises(NotFound):
        appeal_create(by=bob, decision_id=decision.pk, text="Mine.")
    appeal_create(by=channel.person, decision_id=decision.pk, text="They agreed.")
    with pytest.raises(ModerationRefused, match="once already"):
        appeal_create(by=channel.person, decision_id=decision.pk, text="They did.")


def test_somebody_else_answers_where_there_is_somebody_else(channel: Channel, mona: Person) -> None:
    video = video_make(channel)
    decision = decision_make(video, by=mona)
    appeal = appeal_create(by=channel.person, decision_id=decision.pk, text="They agreed.")
    nora = person_make("Nora", operator=True)

    with pytest.raises(ModerationRefused, match="somebody else"):
        appeal_answer(by=mona, appeal_id=appeal.pk, reverse=False, answer="No.")
    appeal_answer(by=nora, appeal_id=appeal.pk, reverse=True, answer="They did agree.")

    video.refresh_from_db()
    assert video.visibility == "public"
    with pytest.raises(ModerationRefused, match="meanwhile"):
        appeal_answer(by=nora, appeal_id=appeal.pk, reverse=False, answer="Or not.")


@pytest.mark.django_db(transaction=True)
def test_of_two_operators_at_once_one_decides() -> None:
    region_found(code="eu", name="Europe")
    mona = person_make("Mona", operator=True)
    report = report_make(video_of(person_make("Alice")), by=None)
    refused: list[ModerationRefused] = []
    together = threading.Barrier(2)

    def decide() -> None:
        together.wait()
        try:
            report_decide(by=mona, report_id=report.pk, ruling=Ruling("withdraw", **REASONS))
        except ModerationRefused as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    operators = [threading.Thread(target=decide) for _each in range(2)]
    for operator in operators:
        operator.start()
    for operator in operators:
        operator.join()

    assert (len(refused), Decision.objects.count()) == (1, 1)


def test_a_comment_on_a_post_is_withdrawn_as_one_on_a_video(
    channel: Channel, alice: Person, bob: Person, mona: Person
) -> None:
    post = channel_post(by=alice, channel=channel, words=Words("News."))
    place = place_of_post(post.public_id, viewer=bob)
    comment = comment_create(by=bob, place=place, body="Buy vinegar.")
    report = report_create(by=alice, kind="comment", key=str(comment.pk), notice=Notice("spam"))

    report_decide(by=mona, report_id=report.pk, ruling=Ruling("withdraw", **REASONS))

    ruling = CommentRuling.objects.get(pk=comment.pk)
    assert (ruling.state, ruling.cause) == (Ruled.HIDDEN, Cause.SITE)
    assert tallies_of([post.pk])[post.pk]["comments"] == 0
