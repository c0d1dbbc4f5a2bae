"""Teams of channels over the API: asking, answering, leaving; the cast is a team here."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Invitation, Member
from antenne.catalog.services.teams import member_invite
from tests.api.callers import Calls, kept, refused, said
from tests.cast import person_make
from tests.factories.world import undone

TEAM = ("alice", "mia", "eddie", "stan", "charlie", "stranger")


@pytest.fixture
def team(callers: dict[str, Calls], channel: Channel) -> dict[str, Calls]:
    """Mia manages Alice's channel, Eddie edits its videos, Stan reads its statistics."""
    roles = {"mia": "manager", "eddie": "editor", "stan": "statistics"}
    for name, role in roles.items():
        person = person_make(name.capitalize())
        Member.objects.create(home=channel.home, channel=channel, person=person, role=role)
        callers[name] = Calls(person)
    return callers


def rows_of(call: Calls, path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = said(call.get(path))["items"]
    return found


@pytest.mark.parametrize(("method", "path", "body", "statuses"), [
    ("GET", "/members", None, (200, 200, 404, 404, 404, 401)),
    ("GET", "/invitations", None, (200, 200, 404, 404, 404, 401)),
    ("POST", "/invitations", {"whom": "@bob", "role": "editor"}, (201, 201, 404, 404, 404, 401)),
    ("POST", "/invitations", {"whom": "@bob", "role": "manager"}, (201, 404, 404, 404, 404, 401)),
    ("POST", "/invitations", {"whom": "@bob", "role": "owner"}, (201, 404, 404, 404, 404, 401)),
    ("DELETE", "/members/{stan}", None, (204, 204, 404, 204, 404, 401)),
    ("DELETE", "/members/{mia}", None, (204, 204, 404, 404, 404, 401)),
    ("DELETE", "/invitations/{asked}", None, (204, 204, 404, 404, 404, 401)),
])  # fmt: skip
def test_each_role_does_what_it_may(
    team: dict[str, Calls],
    alice: Person,
    method: str,
    path: str,
    body: object,
    statuses: tuple[int, ...],
) -> None:
    asked = member_invite(by=alice, handle="alice", whom="dora@x.org", role="editor")
    people = {row.person.handle: row.person_id for row in Member.objects.select_related("person")}
    address = "/channels/alice" + path.format(asked=asked.pk, **people)
    before = kept()

    for name, status in zip(TEAM, statuses, strict=True):
        with undone():
            answer = team[name](method, address, body)
            assert answer.status_code == status, (name, answer.content)
            assert (kept() == before) == (status >= 400 or method == "GET"), name


def test_who_is_asked_says_yes_and_works_there(
    team: dict[str, Calls], channel: Channel, bob: Person
) -> None:
    wish = {"whom": "@bob", "role": "editor"}
    asked = said(team["alice"]("POST", "/channels/alice/invitations", wish))

    (mine,) = said(team["bob"].get("/me/invitations"))["items"]
    joined = said(team["bob"]("POST", f"/me/invitations/{mine['id']}/accept"))

    assert (asked["person"]["handle"], asked["email"], asked["id"]) == ("bob", "", mine["id"])
    assert (mine["role"], mine["by"]["handle"], mine["channel"]["handle"]) == (
        "editor", "alice", "alice"
    )  # fmt: skip
    assert joined["handle"] == "alice"
    (works,) = said(team["bob"].get("/me/teams"))["items"]
    assert (works["channel"]["handle"], works["role"]) == ("alice", "editor")
    assert rows_of(team["alice"], "/channels/alice/invitations") == []
    members = said(team["alice"].get("/channels/alice/members"))["items"]
    assert [row["person"]["handle"] for row in members] == ["bob", "stan", "eddie", "mia"]


def test_a_channel_is_offered_and_changes_hands(
    callers: dict[str, Calls], channel: Channel, bob: Person
) -> None:
    callers["alice"]("POST", "/channels/alice/invitations", {"whom": "bob", "role": "owner"})
    (mine,) = said(callers["bob"].get("/me/invitations"))["items"]

    callers["bob"]("POST", f"/me/invitations/{mine['id']}/accept")

    channel.refresh_from_db()
    assert channel.person == bob
    assert [row["role"] for row in rows_of(callers["alice"], "/me/teams")] == ["manager"]
    assert [row["role"] for row in rows_of(callers["bob"], "/me/teams")] == ["owner"]


def test_nobody_answers_for_another(callers: dict[str, Calls], channel: Channel) -> None:
    asked = member_invite(by=channel.person, handle="alice", whom="bob", role="editor")
    before = kept()

    for name in ("alice", "charlie", "mona"):
        path = f"/me/invitations/{asked.pk}"
        refused(callers[name]("POST", f"{path}/accept"), 404, "not-found")
        refused(callers[name]("DELETE", path), 404, "not-found")

    assert kept() == before
    assert callers["bob"]("DELETE", f"/me/invitations/{asked.pk}").status_code == 204
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("body", "code"), [
    ({"whom": "nobody", "role": "editor"}, "refused"),
    ({"whom": "a@", "role": "editor"}, "refused"),
    ({"whom": "alice", "role": "editor"}, "refused"),
    ({"whom": "bob", "role": "king"}, "invalid"),
    ({"whom": "", "role": "editor"}, "invalid"),
    ({"whom": "bob"}, "invalid"),
])  # fmt: skip
def test_nonsense_asks_nobody(
    callers: dict[str, Calls], channel: Channel, body: dict[str, str], code: str
) -> None:
    refused(callers["alice"]("POST", "/channels/alice/invitations", body), 422, code)

    assert not Invitation.objects.exists()
