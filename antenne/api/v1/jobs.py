"""Work that was given up, for people who run the site."""

from __future__ import annotations

from datetime import timedelta

from ninja import Router

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, UnitOut, listed, unit_out
from antenne.kernel.clock import now
from antenne.pipeline.selectors import units_given_up

router = Router(tags=["jobs"])
KEPT = timedelta(days=30)


@router.get("/given-up", response=Listed[UnitOut])
def jobs_given_up(request: ApiRequest, asked: Paging) -> Listed[UnitOut]:
    """List the pieces of work that were given up in the last thirty days, with their reasons."""
    rows = units_given_up(by=request.auth.person, since=now() - KEPT)
    page = asked.of(rows, by="finished_at")
    return listed(page, unit_out)
