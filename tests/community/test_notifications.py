"""Notifications: who is told of what, once, as they wish, on the page and by letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from antenne.accounts.models import Mail, Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.community.models import Notification, PersonBlock
from antenne.community.notices import notice_of
from antenne.community.selectors.notifications import notifications_of, unread_count
from antenne.community.services.follows import channel_follow
from antenne.community.services.letters import letters_send
from antenne.community.services.notifications import (
    notification_send,
    notifications_read,
    wish_set,
)
from antenne.community.services.rulings import comment_heart, comment_rule
from antenne.community.services.telling import comment_told, heart_told, held_told, video_told
from antenne.community.states import Bell, Kind, MailPace
from antenne.kernel.clock import now
from tests.cast import login_of
from tests.factories.community import comment_make


def told(person: Person) -> list[str]:
    rows = notifications_of(person).order_by("created_at", "pk")
    return [notice_of(row).title for row in rows]


def letter_address(person: Person) -> None:
    user = login_of(person)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def test_each_is_told_once_for_the_nearest_reason(
    video: Video, alice: Person, bob: Person, charlie: Person
) -> None:
    root = comment_make(video, by=charlie)
    reply = comment_make(video, by=bob, body="@charlie @alice @bob look", reply_to=root)

    for _time in range(2):
        comment_told(key=root.pk)
        comment_told(key=reply.pk)

    assert told(charlie) == ["Bob answered you under “Swans”"]
    assert told(alice) == ["Charlie commented on “Swans”", "Bob mentioned you under “Swans”"]
    assert told(bob) == []


def test_followers_are_told_of_a_video_once_unless_they_are_silent(
    video: Video, channel: Channel, bob: Person, charlie: Person
) -> None:
    channel_follow(by=charlie, channel=channel)
    channel_follow(by=bob, channel=channel, bell=Bell.NONE)

    for _time in range(2):
        video_told(key=video.pk)

    assert told(charlie) == ["Alice: Swans"]
    assert told(bob) == []
    assert unread_count(charlie) == 1


def test_a_private_video_is_not_told_and_no_longer_shown(
    video: Video, channel: Channel, alice: Person, charlie: Person
) -> None:
    channel_follow(by=charlie, channel=channel)
    video_told(key=video.pk)

    visibility_set(by=alice, public_id=video.public_id, showing=Showing("private"))

    assert told(charlie) == []


def test_nobody_hears_of_whom_they_have_blocked(
    video: Video, alice: Person, charlie: Person
) -> None:
    comment = comment_make(video, by=charlie)
    PersonBlock.objects.create(person=alice, blocked=charlie, home="eu")

    comment_told(key=comment.pk)

    assert not Notification.objects.exists()


def test_a_held_comment_waits_for_its_keeper_alone(
    video: Video, alice: Person, charlie: Person
) -> None:
    Video.objects.update(commenting="held")
    comment = comment_make(video, by=charlie)

    held_told(key=comment.pk)
    assert told(alice) == ["A comment by Charlie on “Swans” waits for you"]

    comment_rule(by=alice, key=comment.pk, state="shown")
    assert told(alice) == []


def test_a_heart_is_told_and_a_hidden_comment_takes_its_news_along(
    video: Video, alice: Person, charlie: Person
) -> None:
    comment = comment_make(video, by=charlie)
    comment_heart(by=alice, key=comment.pk, on=True)

    heart_told(key=comment.pk)
    assert told(charlie) == ["Alice gave a heart to your comment"]

    comment_rule(by=alice, key=comment.pk, state="hidden")
    assert not Notification.objects.exists()


def test_wishes_are_followed(video: Video, channel: Channel, charlie: Person) -> None:
    channel_follow(by=charlie, channel=channel)
    wish_set(by=charlie, kind=Kind.VIDEO, in_page=False, pace=MailPace.NEVER)

    video_told(key=video.pk)

    assert not Notification.objects.exists()


def test_the_site_says_something_in_its_own_words(charlie: Person) -> None:
    for _time in range(2):
        notification_send(
            to=charlie, kind=Kind.REPORT, key="report:1", note="Decided.", path="/reports/1"
        )

    row = Notification.objects.get()
    assert (notice_of(row).title, notice_of(row).path) == ("Decided.", "/reports/1")
    assert row.pace == MailPace.NOW


@pytest.mark.parametrize("pace", [MailPace.NOW, MailPace.DAILY, MailPace.WEEKLY])
def test_a_letter_tells_everything_once_and_can_be_ended(
    video: Video, channel: Channel, charlie: Person, pace: MailPace
) -> None:
    letter_address(charlie)
    wish_set(by=charlie, kind=Kind.VIDEO, in_page=True, pace=pace)
    channel_follow(by=charlie, channel=channel)
    video_told(key=video.pk)
    Notification.objects.update(created_at=now() - timedelta(minutes=5))

    assert [letters_send(pace=pace) for _time in range(2)] == [1, 0]

    letter = Mail.objects.get()
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Alice: Swans" in letter.text
    assert f"/v/{video.public_id}" in letter.text
    assert f"/v/{video.public_id}" in letter.html


def test_what_was_read_on_the_site_is_not_written(
    video: Video, channel: Channel, charlie: Person
) -> None:
    letter_address(charlie)
    channel_follow(by=charlie, channel=channel)
    video_told(key=video.pk)

    notifications_read(by=charlie)

    assert letters_send(pace=MailPace.WEEKLY) == 0
    assert not Mail.objects.exists()


def test_an_address_nobody_has_verified_gets_no_letter(
    video: Video, channel: Channel, charlie: Person
) -> None:
    EmailAddress.objects.filter(user=login_of(charlie)).update(verified=False)
    channel_follow(by=charlie, channel=channel)
    video_told(key=video.pk)

    assert letters_send(pace=MailPace.WEEKLY) == 0
    assert not Mail.objects.exists()


def test_a_name_written_from_right_to_left_does_not_turn_the_sentence(
    video: Video, alice: Person, charlie: Person
) -> None:
    Person.objects.filter(pk=charlie.pk).update(name="مريم")

    comment_told(key=comment_make(video, by=charlie).pk)

    assert told(alice) == ["\u2068مريم\u2069 commented on “Swans”"]
