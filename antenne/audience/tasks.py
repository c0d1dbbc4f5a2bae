"""Work of the audience that nobody waits for."""

from __future__ import annotations

from procrastinate.contrib.django import app

from antenne.audience.services.folding import events_fold
from antenne.audience.services.forgetting import audience_forget
from antenne.audience.services.zones import zone_keep
from antenne.kernel.clock import now

_ROUNDS = 20


@app.periodic(cron="* * * * * */10")
@app.task(name="audience.events_fold", queue="short", queueing_lock="events_fold")
def events_fold_due(timestamp: int) -> None:
    """Fold what has come in, by the days of the site; the next run goes on where there was more."""
    zone_keep(at=now())
    for _round in range(_ROUNDS):
        if not events_fold():
            return


@app.periodic(cron="41 3 * * *")
@app.task(name="audience.forget", queue="short", queueing_lock="audience_forget")
def forget(timestamp: int) -> None:
    """Forget salts after two days, log and history after what the privacy settings say."""
    audience_forget()
