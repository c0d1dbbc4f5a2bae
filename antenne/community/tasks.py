"""Work of the community that nobody waits for."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from antenne.community.services.clearing import subject_clear

SHORT = "short"
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name="community.video_clear", queue=SHORT, retry=_RETRY)
def video_clear(*, public_id: str, video: str) -> None:
    """Delete what people said and did around a video that was removed."""
    subject_clear(subject=UUID(video))
