"""Work of the catalog that nobody waits for."""

from __future__ import annotations

from procrastinate.contrib.django import app

from antenne.catalog.services.visibility import videos_due_publish


@app.periodic(cron="* * * * * */10")
@app.task(name="catalog.scheduled_publish", queue="rescue", queueing_lock="scheduled_publish")
def scheduled_publish(timestamp: int) -> None:
    """Make scheduled videos public when their moment has come."""
    videos_due_publish()
