"""The edge without its count of bytes, to measure what that costs."""

from __future__ import annotations

from typing import Final

from antenne.edge.app import Edge
from antenne.edge.delivered import Delivered
from antenne.edge.rsgi import Scope


def _nothing(self: Delivered, scope: Scope, video: str, sent_bytes: int) -> None:  # noqa: ARG001 - it counts nothing
    return None


Delivered.add = _nothing  # type: ignore[method-assign] # what the benchmark compares with
app: Final = Edge()
