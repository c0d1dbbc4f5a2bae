"""Answers that every part of the edge gives in the same form: problems and plain words."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from antenne.edge.rsgi import HTTPProtocol

Headers = list[tuple[str, str]]

# Nothing that we deliver may run, be guessed at, or be framed as a page of ours.
GUARDS: Final[Headers] = [
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; sandbox"),
    ("cross-origin-resource-policy", "cross-origin"),
]
NO_STORE: Final = ("cache-control", "no-store")
CHECKSUM_MISMATCH: Final = 460  # named by the tus protocol, unknown to HTTP


class Problem(Exception):
    """A refusal: its HTTP status, a code for programs, a sentence for people, further headers."""

    def __init__(
        self, status: int, code: str, detail: str, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers

    def body(self, request_id: str = "") -> str:
        """Return the problem as RFC 9457 writes it."""
        fields: dict[str, str | int] = {
            "type": f"urn:antenne:problem:{self.code}",
            "title": title_of(self.status),
            "status": self.status,
            "detail": self.detail,
        }
        if request_id:
            fields["instance"] = f"urn:antenne:request:{request_id}"
        return json.dumps(fields)


def title_of(status: int) -> str:
    """Return the words that belong to *status*."""
    return "Checksum Mismatch" if status == CHECKSUM_MISMATCH else HTTPStatus(status).phrase


def problem_send(
    protocol: HTTPProtocol, problem: Problem, headers: Headers, *, request_id: str = ""
) -> None:
    """Answer with *problem*; it is never stored."""
    own = [("content-type", "application/problem+json"), NO_STORE, *problem.headers]
    if request_id:
        own.append(("x-request-id", request_id))
    protocol.response_str(problem.status, [*GUARDS, *headers, *own], problem.body(request_id))


def text_send(protocol: HTTPProtocol, status: int, text: str, kind: str = "text/plain") -> None:
    """Answer with a short text that is never stored."""
    headers = [*GUARDS, NO_STORE, ("content-type", f"{kind}; charset=utf-8")]
    protocol.response_str(status, headers, text)
