"""The desk over the API: Mona looks after people, things, settings and machinery."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.custody.models import AuditEntry, SettingVersion
from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings, MailSettings, PrivacySettings
from antenne.moderation.models import Decision, Suspension
from tests.api.callers import Calls, refused, said, said_all
from tests.factories.catalog import video_make
from tests.factories.community import comment_make
from tests.factories.moderation import REASONS, decision_make, report_make
from tests.factories.pipeline import unit_given_up


def test_people_are_found_suspended_and_let_in_again(
    callers: dict[str, Calls], charlie: Person
) -> None:
    call, path = callers["mona"], "/desk/people/charlie/suspension"
    (row,) = said(call.get("/desk/people?text=charl"))["items"]
    assert (row["handle"], row["email"], row["suspended"]) == (
        "charlie", "charlie@example.org", False,
    )  # fmt: skip

    known = said(call("PUT", path, {"reason": "Spam."}))

    assert known["suspension"]["reason"] == "Spam."
    refused(callers["charlie"].get("/me"), 401, "signed-out")
    rows = said(call.get("/desk/people?state=suspended"))["items"]
    assert [row["handle"] for row in rows] == ["charlie"]
    assert said(call("DELETE", path))["suspension"] is None
    assert not Suspension.objects.exists()
    told = [line["action"] for line in said(call.get("/desk/log?actor=mona"))["items"]]
    assert told == ["person.reactivated", "person.suspended"]


def test_a_quota_of_ones_own_is_given_and_taken(callers: dict[str, Calls]) -> None:
    call, path = callers["mona"], "/desk/people/charlie/quota"

    own = said(call("PUT", path, {"quota_bytes": 1000}))
    usual = said(call("PUT", path, {"quota_bytes": None}))

    assert (own["quota_bytes"], own["quota_own"], usual["quota_own"]) == (1000, True, False)
    refused(call("PUT", path, {"quota_bytes": -1}), 422, "invalid")
    refused(call("PUT", "/desk/people/nobody/quota", {"quota_bytes": 1}), 404, "not-found")


def test_things_are_listed_with_what_was_said_of_them(
    callers: dict[str, Calls], video: Video, bob: Person
) -> None:
    hidden = video_make(video.channel, title="Herons", visibility="private")
    report_make(video, by=bob)
    comment = comment_make(video, by=bob)
    call = callers["mona"]

    videos = said(call.get("/desk/videos?size=1"))
    rest = said(call.get(f"/desk/videos?size=1&cursor={videos['next_cursor']}"))
    reported = said(call.get("/desk/videos?reported=true&sort=reports"))["items"]
    (channel,) = said(call.get("/desk/channels?text=alice"))["items"]
    (remark,) = said(call.get("/desk/comments?text=lovely"))["items"]

    ids = [row["video"]["id"] for row in videos["items"] + rest["items"]]
    assert ids == [hidden.public_id, video.public_id]
    assert [(row["video"]["id"], row["reports"]) for row in reported] == [(video.public_id, 1)]
    assert (channel["owner"]["handle"], channel["videos"]) == ("alice", 2)
    assert (remark["id"], remark["person"], remark["state"]) == (str(comment.pk), "bob", "shown")


def test_it_is_decided_about_several_things_at_once(
    callers: dict[str, Calls], channel: Channel
) -> None:
    keys = [video_make(channel, title=title).public_id for title in "AB"]
    ruling = {"kind": "video", "keys": [*keys, "x0nothing"], "action": "withdraw", **REASONS}

    done = said(callers["mona"]("POST", "/desk/decisions", ruling))

    assert done == {"decided": 2, "left": []}
    rows = said(callers["mona"].get("/desk/decisions"))["items"]
    assert [(row["action"], row["person"], row["by"]) for row in rows] == [
        ("withdraw", "alice", "mona")
    ] * 2
    refused(callers["bob"].get(f"/videos/{keys[0]}"), 451, "video-withdrawn")
    callers["mona"]("POST", f"/desk/decisions/{rows[0]['id']}/reverse", {"reason": "An error."})
    assert Decision.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("wrong", [
    {"keys": []}, {"kind": "magic"}, {"action": "sing"}, {"ground": "magic"}, {"more": 1},
    {"until": "2020-01-01T00:00:00"},
])  # fmt: skip
def test_nonsense_decides_nothing(
    callers: dict[str, Calls], video: Video, wrong: dict[str, object]
) -> None:
    ruling = {"kind": "video", "keys": [video.public_id], "action": "withdraw", **REASONS, **wrong}

    refused(callers["mona"]("POST", "/desk/decisions", ruling), 422, "invalid")

    assert not Decision.objects.exists()


def test_a_report_is_read_whole_and_an_appeal_answered(
    callers: dict[str, Calls], video: Video, bob: Person, mona: Person
) -> None:
    decision = decision_make(video, by=mona)
    report = report_make(video_make(video.channel), by=bob)
    path = f"/me/decisions/{decision.pk}/appeal"
    appeal = said(callers["alice"]("POST", path, {"text": "It is a bird."}))
    call = callers["mona"]

    case = said(call.get(f"/desk/reports/{report.pk}"))
    answered = said(
        call("POST", f"/desk/appeals/{appeal['id']}/answer", {"reverse": True, "answer": "Yes."})
    )

    assert (case["report"]["id"], case["there"], case["owner"]) == (str(report.pk), True, "alice")
    assert [row["id"] for row in case["before"]] == [str(decision.pk)]
    assert (answered["state"], answered["by"]) == ("reversed", "alice")
    assert said(call.get("/desk/appeals"))["items"] == []
    assert callers["bob"].get(f"/videos/{video.public_id}").status_code == 200


def test_a_channel_is_handed_over_with_a_reason(callers: dict[str, Calls], video: Video) -> None:
    call, path = callers["mona"], "/desk/channels/alice/owner"
    refused(call("PUT", path, {"handle": "bob", "reason": ""}), 422, "invalid")
    refused(call("PUT", path, {"handle": "nobody", "reason": "Asked."}), 422, "refused")

    call("PUT", path, {"handle": "bob", "reason": "Asked."})

    assert [row["handle"] for row in said(callers["bob"].get("/me/channels"))["items"]] == ["alice"]


def test_a_setting_is_read_written_and_restored(callers: dict[str, Calls]) -> None:
    call, path = callers["mona"], "/desk/settings/features"
    first = said(call.get(path))
    assert (first["number"], first["value"]["posts"]) == (0, True)

    written = said(call("PATCH", path, {"value": {"posts": False}, "on": 0, "reason": "Quiet."}))
    refused(call("PATCH", path, {"value": {"posts": True}, "on": 0}), 422, "invalid")
    call("PATCH", path, {"value": {"groups": False}})

    assert (written["number"], written["value"]) == (1, {**first["value"], "posts": False})
    versions = said(call.get(f"{path}/versions"))["items"]
    assert [(row["number"], row["reason"]) for row in versions] == [(2, ""), (1, "Quiet.")]
    call("POST", f"/desk/versions/{versions[1]['id']}/restore", {})
    features = setting_of(FeatureSettings)
    assert (features.posts, features.groups) == (False, True)


@pytest.mark.parametrize("value", [
    {"magic": True}, {"posts": "yes"}, {"sensitive": "magic"}, {"KEY": "privacy"},
])  # fmt: skip
def test_nonsense_is_no_setting(callers: dict[str, Calls], value: dict[str, object]) -> None:
    problem = refused(
        callers["mona"]("PATCH", "/desk/settings/features", {"value": value}), 422, "invalid"
    )

    assert [fault["location"] for fault in problem["errors"]] == [f"body.value.{next(iter(value))}"]
    assert not SettingVersion.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_secret_is_never_said_and_stays_when_it_is_sent_back(
    callers: dict[str, Calls], mona: Person
) -> None:
    secret = MailSettings(host="mail.example.org", sender="a@example.org", password="hush")  # noqa: S106
    setting_write(value=secret, by=mona.pk)
    call, sealed = callers["mona"], setting_of(MailSettings).password

    read = said(call.get("/desk/settings/mail"))["value"]
    call("PATCH", "/desk/settings/mail", {"value": {**read, "host": "post.example.org"}})

    assert read["password"] == "••••"  # noqa: S105 - that there is one
    assert "hush" not in call.get("/desk/settings").content.decode()
    kept = setting_of(MailSettings)
    assert (kept.host, kept.password) == ("post.example.org", sealed)


def test_all_settings_are_listed(callers: dict[str, Calls]) -> None:
    keys = [row["key"] for row in said_all(callers["mona"].get("/desk/settings"))]

    assert PrivacySettings.KEY in keys
    refused(callers["mona"].get("/desk/settings/magic"), 404, "not-found")


def test_the_machinery_is_seen_and_moved(callers: dict[str, Calls], channel: Channel) -> None:
    unit = unit_given_up(channel)
    call = callers["mona"]

    jobs = said(call.get("/desk/jobs?state=todo"))["items"]
    assert call("POST", f"/desk/units/{unit.pk}/retry").status_code == 204
    assert call("POST", f"/desk/jobs/{jobs[0]['number']}/cancel").status_code == 204
    cancelled = said(call.get("/desk/jobs?state=cancelled"))["items"]

    assert [job["number"] for job in cancelled] == [jobs[0]["number"]]
    assert call("POST", f"/desk/jobs/{jobs[0]['number']}/retry").status_code == 204
    refused(call("POST", "/desk/jobs/none/retry"), 422, "invalid")
    overview = said(call.get("/desk"))
    assert overview["figures"]["channels"] == 1
    assert said(call.get("/desk/lanes"))["workers"] == 0
    assert said(call.get("/desk/storage"))["disk_total_bytes"] > 0


def test_somebody_is_invited_once(callers: dict[str, Calls]) -> None:
    call = callers["mona"]
    link = said(call("POST", "/desk/invitations", {"note": "A friend"}))["link"]

    (row,) = said(call.get("/desk/invitations"))["items"]

    assert link.startswith("http://testserver/")
    assert link.rpartition("/")[2] not in str(row)
    assert (row["note"], row["by"], row["guest"]) == ("A friend", "mona", None)
    assert call("DELETE", f"/desk/invitations/{row['id']}").status_code == 204
    refused(call("DELETE", f"/desk/invitations/{row['id']}"), 404, "not-found")
