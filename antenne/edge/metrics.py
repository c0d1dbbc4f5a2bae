"""Counts of what this process did, in the text form that Prometheus reads."""

from __future__ import annotations

import os
from collections import Counter
from typing import Final

_HELP: Final = {
    "antenne_edge_media_requests_total": "Media requests by status.",
    "antenne_edge_media_bytes_total": "Media bytes whose sending was begun.",
    "antenne_edge_upload_requests_total": "Upload requests by method and status.",
    "antenne_edge_upload_bytes_total": "Upload bytes received.",
    "antenne_edge_uploads_finished_total": "Uploads of which the last byte was received.",
    "antenne_edge_upload_reports_total": "Reports of finished uploads to the web, by outcome.",
    "antenne_edge_events_sent_total": "Events sent to open pages.",
    "antenne_edge_events_dropped_total": "Pages cut off because they did not keep up.",
    "antenne_edge_beacons_total": "Beacons of players by status.",
    "antenne_edge_beacon_batches_total": "Batches of beacons sent on to the web, by its status.",
    "antenne_edge_errors_total": "Requests that failed by a fault of ours.",
}


class Metrics:
    """Counters and gauges of one worker process; each line carries its process id."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.media: Counter[int] = Counter()
        self.media_bytes = 0
        self.gauges: dict[str, int] = {}

    def add(self, name: str, labels: str = "", amount: int = 1) -> None:
        """Add to the counter *name*; *labels* is already in the form `a="b"`."""
        self.counts[name, labels] += amount

    def text(self) -> str:
        """Return everything counted so far."""
        rows = dict(self.counts)
        for status, count in self.media.items():
            rows["antenne_edge_media_requests_total", f'status="{status}"'] = count
        rows["antenne_edge_media_bytes_total", ""] = self.media_bytes
        lines = []
        for name in sorted({name for name, _ in rows}):
            lines += [f"# HELP {name} {_HELP[name]}", f"# TYPE {name} counter"]
            lines += [_line(name, row[1], rows[row]) for row in sorted(rows) if row[0] == name]
        for name, value in sorted(self.gauges.items()):
            lines += [f"# TYPE {name} gauge", _line(name, "", value)]
        return "\n".join(lines) + "\n"


def _line(name: str, labels: str, value: int) -> str:
    worker = f'worker="{os.getpid()}"'
    return f"{name}{{{labels + ',' if labels else ''}{worker}}} {value}"
