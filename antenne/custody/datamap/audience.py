"""What is declared of the fields of `antenne.audience`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected, restricted

_LOG = "90 days (a setting); the person until they clear it or the account is erased"

MAP: dict[str, tuple[Entry, ...]] = {
    "audience.Batch": (operational("number name taken_at folded_at", "90 days (a setting)"),),
    "audience.Event": (
        protected(
            "id home batch session video person kind at position_ms ranges_ms viewer source site"
            " device country language",
            _LOG,
        ),
    ),
    "audience.DayZone": (operational("since zone", "as long as the installation"),),
    "audience.Salt": (restricted("day secret", "two days"),),
    "audience.Watch": (
        protected(
            "session home video person day viewer last_at position_ms watched_ms played counted"
            " enters leaves source site device country language",
            _LOG,
        ),
    ),
    "audience.History": (
        protected(
            "id home person video position_ms at",
            "two years (a setting), or until the person clears it",
        ),
    ),
    "audience.HistoryChoice": (protected("person paused cleared_at"),),
    "audience.VideoDay": (
        protected(
            "id home video day sessions plays views watched_ms played_ms retention",
            "until the video is removed",
        ),
    ),
    "audience.VideoDaySlice": (
        protected(
            "id home video day dimension value views watched_ms", "until the video is removed"
        ),
    ),
    "audience.Delivery": (
        operational(
            "id home video day region country network partner sent_bytes requests",
            "until the video is removed",
        ),
    ),
    "audience.EgressLog": (operational("name read_bytes read_at", "as long as the installation"),),
}
