"""Reads the tickets with which the web lets a person upload one file."""

from __future__ import annotations

from antenne.edge.replies import Problem
from antenne.edge.rsgi import Scope
from antenne.edge.tus.creating import Ticket
from antenne.edge.tus.state import upload_id_valid
from antenne.kernel.clock import unix_s
from antenne.kernel.signing import TicketRefused, ticket_read


class Tickets:
    """Checks tickets; none is good for more than *size_max_bytes*."""

    def __init__(self, secret: str, size_max_bytes: int) -> None:
        self._secret = secret
        self.size_max_bytes = size_max_bytes

    def read(self, scope: Scope, in_metadata: str = "") -> Ticket:
        """Return the ticket of a request; raise a `Problem`."""
        ticket = self.try_read(scope, in_metadata)
        if ticket is None:
            raise Problem(
                403, "upload-refused", "The ticket of this upload is not valid, or has run out."
            )
        return ticket

    def try_read(self, scope: Scope, in_metadata: str = "") -> Ticket | None:
        """Return the ticket of a request, or None."""
        text = scope.headers.get("antenne-ticket", "") or in_metadata
        if not text.isascii():
            return None
        try:
            payload = ticket_read(self._secret, "upload", text, now_s=unix_s())
            upload, person = str(payload["upload"]), str(payload["person"])
            size_max_bytes = min(int(payload["size_max"]), self.size_max_bytes)
        except (TicketRefused, KeyError, ValueError):
            return None
        if not upload_id_valid(upload) or "." in upload:
            return None
        return Ticket(upload=upload, person=person, size_max_bytes=size_max_bytes)
