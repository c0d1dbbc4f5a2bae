"""Statistics on the command line."""

from __future__ import annotations

from antenne.audience.services.checking import statistics_check
from antenne.cli.late import CommandRefused
from antenne.kernel.environment import environment
from antenne.kernel.geo import GeoFile

_SHOWN = 20


def check_run() -> str:
    """Compute every figure again from the event log; raise `CommandRefused` where any differs."""
    checked = statistics_check()
    said = f"{checked.sessions} sessions and {checked.days} days of videos compared with the log"
    if not checked.differences:
        return f"{said}: all agree."
    listed = "\n".join(checked.differences[:_SHOWN])
    raise CommandRefused(f"{said}: {len(checked.differences)} differences.\n{listed}")


def geo_run() -> str:
    """Open the database of countries and networks and return what it says of itself."""
    database = GeoFile(environment().home / "geo")
    return f"{database.path}\n{database.check()}"
