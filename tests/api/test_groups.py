"""Groups over the API: founded, joined, led."""

from __future__ import annotations

from uuid import uuid4

import pytest

from antenne.accounts.models import Person
from antenne.community.models import Group, GroupMember
from antenne.community.services.groups import group_create, group_join
from tests.api.callers import Calls, kept, refused, said


@pytest.fixture
def closed(alice: Person) -> Group:
    """Alice's group, which lets people in one by one."""
    return group_create(by=alice, name="Lighthouses", joining="approval")


def test_a_group_is_founded_joined_and_led(callers: dict[str, Calls]) -> None:
    wish = {"name": "Light  houses", "about": "Where they stand.", "joining": "approval"}
    made = said(callers["alice"]("POST", "/groups", wish))
    path = f"/groups/{made['handle']}"

    asked = said(callers["bob"]("PUT", f"{path}/membership"))
    rows = said(callers["alice"].get(f"{path}/members"))["items"]
    (bob,) = (row for row in rows if row["person"]["handle"] == "bob")
    callers["alice"]("PUT", f"{path}/members/{bob['id']}", {"role": "member"})

    assert (made["name"], made["role"], made["members"]) == ("Light houses", "owner", 1)
    assert (asked["role"], asked["readable"], asked["members"]) == ("asked", False, 1)
    seen = said(callers["bob"].get(path))
    assert (seen["role"], seen["readable"], seen["members"]) == ("member", True, 2)
    assert [row["role"] for row in said(callers["bob"].get("/me/groups"))["items"]] == ["member"]


def test_members_do_not_see_who_has_asked_or_is_banned(
    callers: dict[str, Calls], closed: Group, bob: Person, charlie: Person
) -> None:
    group_join(by=charlie, group=closed)
    GroupMember.objects.create(group=closed, home=closed.home, person=bob, role="member")

    seen = {
        name: [row["person"]["handle"] for row in said(answer)["items"]]
        for name in ("alice", "bob")
        for answer in [callers[name].get(f"/groups/{closed.handle}/members")]
    }

    assert seen == {"alice": ["bob", "charlie", "alice"], "bob": ["bob", "alice"]}
    refused(callers["charlie"].get(f"/groups/{closed.handle}/members"), 404, "not-found")


def test_what_is_left_out_of_a_change_stays(callers: dict[str, Calls], closed: Group) -> None:
    path = f"/groups/{closed.handle}"

    changed = said(callers["alice"]("PATCH", path, {"about": "Birds."}))

    told = (changed["name"], changed["about"], changed["joining"])
    assert told == ("Lighthouses", "Birds.", "approval")


@pytest.mark.parametrize("body", [
    {}, {"name": ""}, {"name": "x" * 81}, {"name": 7}, {"name": "a\x00b"},
    {"name": "A", "joining": "magic"}, {"name": "A", "more": 1},
])  # fmt: skip
def test_nonsense_founds_no_group(
    callers: dict[str, Calls], alice: Person, body: dict[str, object]
) -> None:
    refused(callers["alice"]("POST", "/groups", body), 422, "invalid")

    assert not Group.objects.exists()


def test_nonsense_changes_nobodys_role(
    callers: dict[str, Calls], closed: Group, bob: Person
) -> None:
    group_join(by=bob, group=closed)
    row = GroupMember.objects.get(group=closed, person=bob)
    path = f"/groups/{closed.handle}/members"
    before = kept()

    call = callers["alice"]
    refused(call("PUT", f"{path}/{row.pk}", {"role": "magic"}), 422, "invalid")
    refused(call("PUT", f"{path}/{row.pk}", {"role": "asked"}), 422, "refused")
    refused(call("PUT", f"{path}/{uuid4()}", {"role": "member"}), 404, "not-found")
    refused(callers["bob"]("PUT", f"{path}/{row.pk}", {"role": "member"}), 404, "not-found")
    refused(call.get("/groups/nobody"), 404, "not-found")

    assert kept() == before


def test_whoever_is_banned_does_not_come_back(
    callers: dict[str, Calls], closed: Group, bob: Person
) -> None:
    group_join(by=bob, group=closed)
    GroupMember.objects.filter(person=bob).update(role="banned")
    before = kept()

    refused(callers["bob"]("PUT", f"/groups/{closed.handle}/membership"), 422, "refused")
    callers["bob"]("DELETE", f"/groups/{closed.handle}/membership")

    assert kept() == before
