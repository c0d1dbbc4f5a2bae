"""Telling those who run the site what waits at the desk: one notice a queue, never one a thing.

Each notice says how things stand. What a colleague has handled is counted out again, and a notice
goes when nothing waits any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from antenne.accounts.models import Person
from antenne.accounts.selectors import language_of, operators_all
from antenne.community.services.standing import Standing, standing_set, standing_take
from antenne.community.states import Kind
from antenne.moderation.selectors.overview import Waiting, waiting_count

Words = Callable[[Waiting], str]


def _reports(waits: Waiting) -> str:
    if not waits.reports:
        return ""
    title = ngettext("%(n)s open report", "%(n)s open reports", waits.reports)
    said = title % {"n": waits.reports}
    if waits.urgent:
        said += " · " + _("%(n)s of them urgent.") % {"n": waits.urgent}
    return said


def _appeals(waits: Waiting) -> str:
    title = ngettext("%(n)s appeal", "%(n)s appeals", waits.appeals)
    return title % {"n": waits.appeals} if waits.appeals else ""


def _sign_ups(waits: Waiting) -> str:
    title = ngettext("%(n)s sign-up waits", "%(n)s sign-ups wait", waits.sign_ups)
    return title % {"n": waits.sign_ups} if waits.sign_ups else ""


# What a queue says of itself, and the page on which it is worked off.
QUEUES: Final[dict[str, tuple[Words, str]]] = {
    "report": (_reports, "desk_reports"),
    "appeal": (_appeals, "desk_appeals"),
    "sign_up": (_sign_ups, "desk_joining"),
}


@transaction.atomic
def desk_tell(*, fresh: str = "") -> None:
    """Bring every operator's notices up to date; *fresh* names a queue that something came into.

    It may run twice: a queue that nothing came into is not told anew.
    """
    waits, people = waiting_count(), operators_all()
    standing_take(kind=Kind.DESK, but=people)
    for person in people:
        for queue in QUEUES:
            _person_tell(person, queue, waits, fresh=queue == fresh)


def _person_tell(person: Person, queue: str, waits: Waiting, *, fresh: bool) -> None:
    words, place = QUEUES[queue]
    if person.user is None:
        return
    with override(language_of(person.user)):
        note = words(waits)
    said = Standing(Kind.DESK, f"desk:{queue}", note, reverse(place))
    standing_set(to=person, standing=said, fresh=fresh)
