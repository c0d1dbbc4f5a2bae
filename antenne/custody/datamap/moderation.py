"""What is declared of the fields of `antenne.moderation`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, protected, restricted

_KEPT = "five years after the decision"

MAP: dict[str, tuple[Entry, ...]] = {
    "moderation.Report": (
        protected("id home kind subject_id video channel comment person shown created_at", _KEPT),
        protected("at_ms complaint state decision urgent decided_at", _KEPT),
        restricted("said text by email", _KEPT),
    ),
    "moderation.Decision": (
        protected("id home kind video channel comment person shown content_date language", _KEPT),
        protected("action ground reference facts category source automated_detection", _KEPT),
        protected("automated_decision territories until by created_at ended_at", _KEPT),
    ),
    "moderation.Appeal": (
        protected("id decision by state answered_by created_at answered_at", _KEPT),
        restricted("text answer", _KEPT),
    ),
    "moderation.Suspension": (
        protected("id home person decision reason hides by created_at until", "until it ends"),
    ),
}
