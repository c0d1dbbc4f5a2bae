"""Reports through the API: anybody makes one, operators read and decide."""

from __future__ import annotations

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.moderation.models import Decision, Report
from tests.api.callers import Calls, said
from tests.factories.catalog import video_make
from tests.factories.moderation import REASONS


def test_a_report_is_made_read_and_decided(channel: Channel, alice: Person, mona: Person) -> None:
    video = video_make(channel)
    body = {"kind": "video", "key": video.public_id, "complaint": "spam"}
    operator, owner = Calls(mona), Calls(alice)

    made = Calls()("POST", "/reports", body)
    key = Report.objects.get().pk
    ruling = {"action": "withdraw", **REASONS}

    assert made.status_code == 201
    assert owner.get("/reports").status_code == 403
    assert owner("POST", f"/reports/{key}/decision", ruling).status_code == 403
    assert said(operator.get("/reports"))["items"][0]["id"] == str(key)
    assert operator("POST", f"/reports/{key}/decision", ruling).status_code == 204
    assert operator("POST", f"/reports/{key}/decision", ruling).status_code == 422
    assert Decision.objects.count() == 1
