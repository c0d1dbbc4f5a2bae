"""Log lines of the edge: one object per line, or text for a person at a terminal."""

from __future__ import annotations

import logging
import re
import sys
from typing import Final

from pythonjsonlogger.json import JsonFormatter

from antenne.edge.rsgi import Scope
from antenne.kernel.ids import uuid7

LOGGER: Final = logging.getLogger("antenne.edge")
_FIELDS: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"
_GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


def logs_open(form: str) -> None:
    """Send the edge's log to standard error as `json` or `text`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(_FIELDS) if form == "json" else TextFormatter(_FIELDS))
    LOGGER.handlers[:] = [handler]
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def request_id_of(scope: Scope) -> str:
    """Return the id that a proxy gave the request, or a new one."""
    given = scope.headers.get("x-request-id", "")
    return given if _GIVEN.fullmatch(given) else uuid7().hex


class TextFormatter(logging.Formatter):
    """The message with its further fields behind it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and the traceback where there is one."""
        fields = getattr(record, "fields", None) or {}
        extra = "".join(f" {name}={value}" for name, value in fields.items())
        line = f"{record.levelname} {record.name} {record.getMessage()}{extra}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
