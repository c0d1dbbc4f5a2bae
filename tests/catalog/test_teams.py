"""Teams of channels: who may do what, who is asked, who takes over."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Invitation, Member, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.sight import Access, video_owned, video_sight
from antenne.catalog.selectors.teams import channels_with, invitations_for, may, may_edit
from antenne.catalog.selectors.videos import videos_of_channel, videos_of_person
from antenne.catalog.services.channels import channel_edit, channel_remove, channel_rename
from antenne.catalog.services.teams import (
    invitation_accept,
    invitation_decline,
    invitation_withdraw,
    member_invite,
    member_remove,
)
from antenne.catalog.services.videos import video_edit, video_remove
from antenne.catalog.states import Power
from tests.community.test_at_once import all_at_once
from tests.factories.catalog import video_make

ROLES = {
    "owner": {"statistics", "edit", "manage", "own"},
    "manager": {"statistics", "edit", "manage"},
    "editor": {"statistics", "edit"},
    "statistics": {"statistics"},
    "": set(),
}


def joined(channel: Channel, person: Person, role: str) -> Person:
    """Make a person a member, as asking and answering does."""
    asked = member_invite(by=channel.person, handle=channel.handle, whom=person.handle, role=role)
    invitation_accept(by=person, invitation_id=asked.pk)
    return person


@pytest.mark.parametrize("role", ["manager", "editor", "statistics", ""])
def test_a_role_may_what_it_may_and_no_more(channel: Channel, bob: Person, role: str) -> None:
    if role:
        joined(channel, bob, role)

    assert {power.value for power in Power if may(bob, channel, power)} == ROLES[role]
    assert may_edit(bob, channel) == ("edit" in ROLES[role])
    assert channels_with(bob, Power.EDIT).exists() == ("edit" in ROLES[role])


@pytest.mark.parametrize("role", ["manager", "editor", "statistics", ""])
def test_a_private_video_is_the_teams(channel: Channel, bob: Person, role: str) -> None:
    video = video_make(channel, visibility="private")
    if role:
        joined(channel, bob, role)

    sight = video_sight(video.public_id, viewer=bob)

    edits = "edit" in ROLES[role]
    assert sight.access == (Access.OPEN if role else Access.PRIVATE)
    assert sight.owned == edits
    assert videos_of_person(bob).exists() == edits
    assert videos_of_channel(channel, viewer=bob).exists() == edits


def test_an_editor_changes_videos_and_nothing_else(channel: Channel, bob: Person) -> None:
    video = video_make(channel)
    joined(channel, bob, "editor")

    assert video_edit(by=bob, public_id=video.public_id, title="Geese").title == "Geese"
    with pytest.raises(NotFound):
        video_remove(by=bob, public_id=video.public_id)
    with pytest.raises(NotFound):
        channel_edit(by=bob, handle=channel.handle, name="Bob's")
    with pytest.raises(NotFound):
        member_invite(by=bob, handle=channel.handle, whom="alice", role="editor")

    assert Video.objects.count() == 1
    assert not Invitation.objects.exists()


def test_a_manager_does_not_take_the_channel(
    channel: Channel, bob: Person, charlie: Person
) -> None:
    joined(channel, bob, "manager")

    member_invite(by=bob, handle=channel.handle, whom="@charlie", role="editor")
    for role in ("owner", "manager"):
        with pytest.raises(NotFound):
            member_invite(by=bob, handle=channel.handle, whom="charlie", role=role)
    with pytest.raises(NotFound):
        channel_rename(by=bob, handle=channel.handle, wish="bobs-place")
    with pytest.raises(NotFound):
        channel_remove(by=bob, handle=channel.handle)

    assert Invitation.objects.get().person == charlie


def test_nobody_is_in_a_team_before_saying_yes(channel: Channel, bob: Person) -> None:
    asked = member_invite(by=channel.person, handle="alice", whom="bob", role="editor")

    assert not may_edit(bob, channel)
    invitation_decline(by=bob, invitation_id=asked.pk)
    assert not Member.objects.exists()
    with pytest.raises(NotFound):
        invitation_accept(by=bob, invitation_id=asked.pk)


def test_a_stranger_does_not_answer_for_others(
    channel: Channel, bob: Person, charlie: Person
) -> None:
    asked = member_invite(by=channel.person, handle="alice", whom="bob", role="owner")

    for answer in (invitation_accept, invitation_decline):
        with pytest.raises(NotFound):
            answer(by=charlie, invitation_id=asked.pk)
    with pytest.raises(NotFound):
        invitation_withdraw(by=charlie, handle="alice", invitation_id=asked.pk)

    channel.refresh_from_db()
    assert channel.person.handle == "alice"
    assert Invitation.objects.count() == 1


def test_an_address_counts_once_it_is_proved(channel: Channel, bob: Person) -> None:
    EmailAddress.objects.filter(user=bob.user).delete()
    member_invite(by=channel.person, handle="alice", whom="Bob@example.org", role="editor")
    assert not invitations_for(bob).exists()

    EmailAddress.objects.create(user=bob.user, email="bob@example.org", verified=True)

    invitation_accept(by=bob, invitation_id=invitations_for(bob).get().pk)
    assert may_edit(bob, channel)


@pytest.mark.parametrize("whom", ["nobody", "@", "", "a@b", "x" * 300, "bob@\x00"])
def test_nobody_is_asked_by_a_wrong_name(channel: Channel, whom: str) -> None:
    with pytest.raises(CatalogRefused):
        member_invite(by=channel.person, handle="alice", whom=whom, role="editor")

    assert not Invitation.objects.exists()


def test_a_channel_is_handed_over_to_who_accepts(channel: Channel, bob: Person) -> None:
    alice, video = channel.person, video_make(channel)
    asked = member_invite(by=alice, handle="alice", whom="bob", role="owner")
    video_owned(video.public_id, by=alice, power=Power.OWN)

    invitation_accept(by=bob, invitation_id=asked.pk)

    channel.refresh_from_db()
    assert channel.person == bob
    assert Member.objects.get().person == alice
    video_owned(video.public_id, by=bob, power=Power.OWN)
    with pytest.raises(NotFound):
        video_owned(video.public_id, by=alice, power=Power.OWN)


def test_a_member_leaves_and_is_sent_away(channel: Channel, bob: Person, charlie: Person) -> None:
    joined(channel, bob, "statistics")
    joined(channel, charlie, "manager")

    with pytest.raises(NotFound):
        member_remove(by=bob, handle="alice", person_id=charlie.pk)
    member_remove(by=bob, handle="alice", person_id=bob.pk)
    member_remove(by=channel.person, handle="alice", person_id=charlie.pk)

    assert not Member.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_offered_and_taken_back_at_once_is_one_or_the_other(
    channel: Channel, alice: Person, bob: Person
) -> None:
    for _time in range(4):
        asked = member_invite(by=alice, handle=channel.handle, whom="bob", role="editor")

        done: list[str] = []

        def accept(key: UUID = asked.pk, done: list[str] = done) -> None:
            with suppress(NotFound):
                invitation_accept(by=bob, invitation_id=key)
                done.append("accepted")

        def withdraw(key: UUID = asked.pk, done: list[str] = done) -> None:
            with suppress(NotFound):
                invitation_withdraw(by=alice, handle=channel.handle, invitation_id=key)
                done.append("withdrawn")

        all_at_once(accept, withdraw)

        assert len(done) == 1
        assert Member.objects.exists() == (done == ["accepted"])
        Member.objects.all().delete()
