"""Videos that are fetched from an address."""

from __future__ import annotations

from ninja import Router, Status

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Handle, Title, WebAddress
from antenne.api.v1.schemas import ImportedOut, imported_out
from antenne.api.v1.videos import ShowingAsked
from antenne.pipeline.stages.upload import import_begin_for

router = Router(tags=["imports"])


class ImportAsked(ShowingAsked):
    """An address to fetch a video from: a site's page or a plain file."""

    url: WebAddress
    title: Title | None = None
    channel: Handle | None = None


@router.post("", response={201: ImportedOut})
def import_create(request: ApiRequest, asked: ImportAsked) -> Status[ImportedOut]:
    """Begin an import; `/uploads/{id}` then says how far it has come."""
    begun = import_begin_for(
        by=request.auth.person,
        handle=asked.channel or "",
        url=asked.url,
        title=asked.title or "",
        showing=asked.showing_said(),
    )
    return Status(201, imported_out(request, begun))
