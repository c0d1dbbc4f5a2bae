"""Reports and what is decided about them."""

from __future__ import annotations

from typing import Any

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.moderation.models import Decision, Report
from antenne.moderation.services.decisions import Ruling, report_decide
from antenne.moderation.services.reports import Notice, report_create

REASONS: dict[str, Any] = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "reference": "terms, section 3",
    "facts": "It shows somebody who did not agree.",
}


def report_make(video: Video, *, by: Person | None, complaint: str = "privacy") -> Report:
    """Report a video."""
    notice = Notice(complaint, "That is me.", "" if by else "dora@example.org")
    return report_create(
        by=by, kind="video", key=video.public_id, notice=notice, address="192.0.2.1"
    )


def decision_make(video: Video, *, by: Person, action: str = "withdraw") -> Decision:
    """Report a video anonymously, and decide."""
    report = report_make(video, by=None)
    return report_decide(by=by, report_id=report.pk, ruling=Ruling(action, **REASONS))
