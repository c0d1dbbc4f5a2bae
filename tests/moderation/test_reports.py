"""Reporting: by whoever can see a thing, once while it is open."""

from __future__ import annotations

import uuid

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from antenne.kernel.models import FactRecord
from antenne.kernel.rate import RateExceeded
from antenne.moderation.models import Report
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.services.reports import CONFIRM_RATE, REPORT_RATE, Notice, report_create
from tests.factories.catalog import video_make
from tests.factories.moderation import report_make


def test_a_report_keeps_what_was_there(channel: Channel, bob: Person) -> None:
    video = video_make(channel, title="Swans")

    report = report_make(video, by=bob)

    assert (report.shown, report.person, report.by) == ("Swans", channel.person, bob)
    assert (report.state, report.urgent, report.email) == ("open", False, "")
    assert FactRecord.objects.filter(name="report.made").exists()


def test_saying_it_again_adds_nothing(channel: Channel, bob: Person, charlie: Person) -> None:
    video = video_make(channel)

    first = report_make(video, by=bob)
    again = report_make(video, by=bob)
    report_make(video, by=charlie)

    assert first == again
    assert Report.objects.count() == 2


@pytest.mark.parametrize("visibility", ["private", "withdrawn"])
def test_what_one_cannot_see_one_cannot_report(
    channel: Channel, bob: Person, visibility: str
) -> None:
    video = video_make(channel, visibility="private")

    for kind, key in (("video", video.public_id), ("video", "x9"), ("comment", str(uuid.uuid4()))):
        with pytest.raises(NotFound):
            report_create(by=bob, kind=kind, key=key, notice=Notice("spam"))

    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "notice",
    [
        Notice("nonsense"),
        Notice("illegal"),
        Notice("other", "  "),
        Notice("spam", "x" * 4001),
        Notice("spam", "nul\x00"),
        Notice("spam", "", "no address"),
    ],
)
def test_what_makes_no_sense_is_refused(channel: Channel, notice: Notice) -> None:
    video = video_make(channel)

    with pytest.raises(ModerationRefused):
        report_create(by=None, kind="video", key=video.public_id, notice=notice, address="a")

    assert not Report.objects.exists()


def test_strangers_report_where_the_site_lets_them(channel: Channel, mona: Person) -> None:
    video = video_make(channel)
    assert report_make(video, by=None, complaint="child").urgent
    setting_write(value=FeatureSettings(anonymous_reports=False), by=mona.pk)

    with pytest.raises(ModerationRefused, match="Sign in"):
        report_make(video, by=None)

    assert Report.objects.get().email == "dora@example.org"


def test_too_many_reports_are_slowed_down(channel: Channel) -> None:
    video, notice = video_make(channel), Notice("spam")

    def report() -> None:
        report_create(
            by=None, kind="video", key=video.public_id, notice=notice, address="192.0.2.1"
        )

    for _time in range(REPORT_RATE.limit):
        report()
    with pytest.raises(RateExceeded):
        report()
    assert Report.objects.count() == REPORT_RATE.limit


@pytest.mark.parametrize(("kind", "key"), [("channel", "alice"), ("person", "alice")])
def test_channels_and_people_can_be_reported(
    channel: Channel, bob: Person, kind: str, key: str
) -> None:
    report = report_create(by=bob, kind=kind, key=key, notice=Notice("spam"))

    assert (report.kind, report.person) == (kind, channel.person)


def test_a_stranger_has_no_more_than_five_letters_a_day_sent_to_an_address(
    channel: Channel,
) -> None:
    for number in range(CONFIRM_RATE.limit + 1):
        video = video_make(channel)
        notice = Notice(
            "privacy", "That is me.", "Dora@example.org" if number else "dora@example.org"
        )

        def report(video: Video = video, notice: Notice = notice, number: int = number) -> None:
            report_create(
                by=None,
                kind="video",
                key=video.public_id,
                notice=notice,
                address=f"192.0.2.{number}",
            )

        if number < CONFIRM_RATE.limit:
            report()
        else:
            with pytest.raises(RateExceeded):
                report()

    assert Report.objects.count() == CONFIRM_RATE.limit
