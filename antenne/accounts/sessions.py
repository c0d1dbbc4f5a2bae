"""Sessions as Django keeps them, read in SQL that is there already: each signed-in page asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from antenne.kernel.clock import now
from antenne.kernel.written import written

if TYPE_CHECKING:
    from django.db.models import QuerySet


class SessionStore(db.SessionStore):
    """Reads a session; its name and its rows are Django's, so what it signed stays good."""

    def _get_session_from_db(self) -> Session | None:
        found = _kept(self.session_key) if self.session_key else []
        if found and found[0].expire_date > now():
            return found[0]
        self._session_key = None
        return None


@written
def _kept(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
