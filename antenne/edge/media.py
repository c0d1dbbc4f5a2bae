"""Delivers objects behind signed paths: ranges, conditions, caching; never a query."""

from __future__ import annotations

import re
import time
from functools import partial
from typing import Final

from antenne.edge import cors
from antenne.edge.delivered import Delivered
from antenne.edge.grants import Grants
from antenne.edge.hot import HotRanges
from antenne.edge.media_files import Deliverable, MediaFiles
from antenne.edge.metrics import Metrics
from antenne.edge.ranges import RangeUnsatisfiable, etag_matches, range_parse
from antenne.edge.replies import Headers, Problem, problem_send
from antenne.edge.rsgi import HTTPProtocol, Scope

REFUSED: Final = partial(
    Problem, 403, "media-refused", "This address has run out or was withdrawn."
)
NOT_READY: Final = partial(
    Problem, 503, "not-ready", "The edge has just started.", (("retry-after", "1"),)
)
MISSING: Final = partial(Problem, 404, "media-missing", "Nothing of this name is kept here.")
NOT_ALLOWED: Final = partial(
    Problem,
    405,
    "method-not-allowed",
    "Media can only be read.",
    (("allow", "GET, HEAD, OPTIONS"),),
)


# The name in percent escapes, as it goes into a header: nothing that could end one.
_DOWNLOAD: Final = re.compile(r"download=((?:[A-Za-z0-9._-]|%[0-9A-F]{2}){1,300})")


class Media:
    """Answers requests below `/m/` from files on this machine."""

    def __init__(
        self, grants: Grants, files: MediaFiles, metrics: Metrics, delivered: Delivered
    ) -> None:
        self._grants = grants
        self._files = files
        self._metrics = metrics
        self._delivered = delivered
        self._hot = HotRanges()

    def answer(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        try:
            status = self._answer(scope, protocol)
        except Problem as problem:
            status = problem.status
            problem_send(protocol, problem, cors.OPEN)
        self._metrics.media[status] += 1

    def _answer(self, scope: Scope, protocol: HTTPProtocol) -> int:
        method = scope.method
        if method not in {"GET", "HEAD"}:
            return preflight(method, protocol)
        granted = self._grants.check(scope.path, time.time())
        if granted is None:
            raise REFUSED() if self._grants.ready else NOT_READY()
        grant, key = granted
        file = self._files.find(key)
        if file is None:
            raise MISSING()
        before_bytes = self._metrics.media_bytes
        headers = [*file.headers(public=grant.public), *kept_as(scope.query_string)]
        status = self._deliver(scope, protocol, file, headers)
        sent_bytes = self._metrics.media_bytes - before_bytes
        if sent_bytes:
            self._delivered.add(scope, grant.video, sent_bytes)
        return status

    def _deliver(
        self, scope: Scope, protocol: HTTPProtocol, file: Deliverable, headers: Headers
    ) -> int:
        request = scope.headers
        unless = request.get("if-none-match", "")
        if unless and etag_matches(unless, file.etag):
            protocol.response_empty(304, headers)
            return 304
        asked = request.get("range", "")
        only_if = asked and request.get("if-range", "")
        if scope.method == "GET" and asked and (not only_if or only_if == file.etag):
            return self._part(protocol, file, headers, asked)
        return self._whole(protocol, file, headers, head=scope.method == "HEAD")

    def _whole(
        self, protocol: HTTPProtocol, file: Deliverable, headers: Headers, *, head: bool
    ) -> int:
        if head:
            protocol.response_empty(200, [*headers, ("content-length", str(file.size_bytes))])
            return 200
        self._metrics.media_bytes += file.size_bytes
        body = self._hot.take(file, 0, file.size_bytes) if file.body is None else file.body
        if body is not None:
            protocol.response_bytes(200, headers, body)
        else:
            length = ("content-length", str(file.size_bytes))
            protocol.response_file(200, [*headers, length], file.path)
        return 200

    def _part(self, protocol: HTTPProtocol, file: Deliverable, headers: Headers, asked: str) -> int:
        try:
            bounds = range_parse(asked, file.size_bytes)
        except RangeUnsatisfiable:
            raise range_problem(file.size_bytes) from None
        if bounds is None:
            return self._whole(protocol, file, headers, head=False)
        start, end = bounds
        self._metrics.media_bytes += end - start
        where = ("content-range", f"bytes {start}-{end - 1}/{file.size_bytes}")
        body = self._hot.take(file, start, end) if file.body is None else file.body[start:end]
        if body is not None:
            protocol.response_bytes(206, [*headers, where], body)
        else:
            length = ("content-length", str(end - start))
            protocol.response_file_range(206, [*headers, where, length], file.path, start, end)
        return 206


def kept_as(query: str) -> Headers:
    """Return the header that makes browsers keep a file under the name in `?download=<name>`."""
    found = _DOWNLOAD.fullmatch(query)
    if found is None:
        return []
    return [("content-disposition", f"attachment; filename*=UTF-8''{found[1]}")]


def preflight(method: str, protocol: HTTPProtocol) -> int:
    """Answer OPTIONS; raise `NOT_ALLOWED` for any other method."""
    if method != "OPTIONS":
        raise NOT_ALLOWED()
    protocol.response_empty(204, cors.OPEN_PREFLIGHT)
    return 204


def range_problem(size_bytes: int) -> Problem:
    """Return the refusal of a range that lies outside of the object."""
    return Problem(
        416,
        "range-not-satisfiable",
        "The range lies outside of the object.",
        (("content-range", f"bytes */{size_bytes}"),),
    )
