"""Who hears of a channel's team and of a channel that changes hands."""

from __future__ import annotations

from antenne.accounts.models import Mail, Person, Preferences
from antenne.catalog.models import Channel
from antenne.catalog.services.teams import invitation_accept, member_invite
from antenne.community.models import Notification
from antenne.community.notices import notice_of
from antenne.community.services.letters import letters_send
from antenne.community.services.notifications import wish_set
from antenne.community.services.teams_telling import (
    handed_over_told,
    invited_told,
    joined_told,
)
from antenne.community.states import Kind, MailPace
from antenne.kernel.clock import now
from antenne.kernel.models import FactRecord
from tests.factories.accounts import address_verify


def told(person: Person) -> list[tuple[str, str]]:
    """Return what a person is told, and where it leads."""
    rows = Notification.objects.filter(person=person).order_by("created_at")
    return [(notice.title, notice.path) for notice in map(notice_of, rows)]


def test_who_is_asked_into_a_team_hears_of_it_once(
    channel: Channel, alice: Person, bob: Person
) -> None:
    asked = member_invite(by=alice, handle=channel.handle, whom="@bob", role="editor")

    for _time in range(2):
        invited_told(key=asked.pk)

    assert told(bob) == [("Alice asks you into the team of “Alice”", "/studio/channels")]
    assert told(alice) == []


def test_an_address_that_somebody_here_has_proved_is_told_on_the_page(
    channel: Channel, alice: Person, bob: Person
) -> None:
    address_verify(bob)
    asked = member_invite(by=alice, handle=channel.handle, whom="bob@example.org", role="owner")

    invited_told(key=asked.pk)

    assert told(bob)[0][0] == "Alice offers you the channel “Alice”"
    assert not Mail.objects.exists()


def test_an_address_without_an_account_gets_one_letter(channel: Channel, alice: Person) -> None:
    asked = member_invite(by=alice, handle=channel.handle, whom="dora@example.org", role="editor")

    for _time in range(2):
        invited_told(key=asked.pk)

    letter = Mail.objects.get()
    assert letter.address == "dora@example.org"
    assert letter.subject == "Alice asks you into the team of “Alice”"
    assert "/studio/channels" in letter.text


def test_the_owner_hears_who_has_joined(channel: Channel, alice: Person, bob: Person) -> None:
    asked = member_invite(by=alice, handle=channel.handle, whom="@bob", role="editor")
    invitation_accept(by=bob, invitation_id=asked.pk)

    joined_told(channel_id=channel.pk, person_id=bob.pk)

    assert told(alice) == [("Bob is in the team of “Alice” now", "/studio/channels/alice")]


def test_both_hear_that_a_channel_has_changed_hands(
    channel: Channel, alice: Person, bob: Person
) -> None:
    asked = member_invite(by=alice, handle=channel.handle, whom="@bob", role="owner")
    invitation_accept(by=bob, invitation_id=asked.pk)
    said = FactRecord.objects.get(name="channel.handed_over").payload
    assert (said["before"], said["to"]) == (str(alice.pk), str(bob.pk))

    for at in (1, 1, 2):
        handed_over_told(channel_id=channel.pk, before=alice.pk, to=bob.pk, at=at)

    gone, mine = "The channel “Alice” belongs to Bob now", "The channel “Alice” is yours now"
    assert [title for title, _path in told(alice)] == [gone, gone]
    assert [title for title, _path in told(bob)] == [mine, mine]


def test_it_is_written_in_the_persons_language_and_not_to_who_wants_none(
    channel: Channel, alice: Person, bob: Person, charlie: Person
) -> None:
    for person in (bob, charlie):
        address_verify(person)
    Preferences.objects.create(home="eu", person=bob, language="fr")
    wish_set(by=charlie, kind=Kind.TEAM, in_page=True, pace=MailPace.NEVER)
    for whom in ("@bob", "@charlie"):
        asked = member_invite(by=alice, handle=channel.handle, whom=whom, role="editor")
        invited_told(key=asked.pk)
    Notification.objects.update(created_at=now().replace(year=2020))

    assert letters_send(pace=MailPace.NOW) == 1

    letter = Mail.objects.get()
    assert letter.address == "bob@example.org"
    assert 'lang="fr"' in letter.html
    assert "Vous pouvez choisir ce que vous apprenez" in letter.text
