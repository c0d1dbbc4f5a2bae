"""What is declared of the fields of `antenne.kernel`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational

MAP: dict[str, tuple[Entry, ...]] = {
    "kernel.FactRecord": (operational("id name payload created_at", "30 days"),),
    "kernel.FactDone": (operational("id fact handler", "30 days"),),
    "kernel.JobFailure": (operational("job reason created_at", "30 days"),),
    "kernel.RateCount": (operational("key free_at", "an hour after it was last counted"),),
}
