"""The event log and what is folded from it."""

from antenne.audience.models.days import DayZone, Delivery, EgressLog, VideoDay, VideoDaySlice
from antenne.audience.models.events import Batch, Event, Salt
from antenne.audience.models.watches import History, HistoryChoice, Watch

__all__ = [
    "Batch",
    "DayZone",
    "Delivery",
    "EgressLog",
    "Event",
    "History",
    "HistoryChoice",
    "Salt",
    "VideoDay",
    "VideoDaySlice",
    "Watch",
]
