"""Files on their way in. The bytes themselves go to the edge, by tus 1.0."""

from __future__ import annotations

from uuid import UUID

from ninja import Router, Status

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, TusOut, UploadOut, listed, tus_out, upload_out
from antenne.pipeline.selectors import upload_owned, uploads_of
from antenne.pipeline.stages.upload import upload_cancel

router = Router(tags=["uploads"])


@router.get("", response=Listed[UploadOut])
def uploads_list(request: ApiRequest, asked: Paging) -> Listed[UploadOut]:
    """List one's own uploads and imports, newest first."""
    rows = uploads_of(request.auth.person)
    page = asked.of(rows, by="created_at")
    return listed(page, upload_out)


@router.get("/{uuid:upload_id}", response=UploadOut)
def upload_read(request: ApiRequest, upload_id: UUID) -> UploadOut:
    """Read how far an upload of one's own has come."""
    return upload_out(upload_owned(upload_id, by=request.auth.person))


@router.post("/{uuid:upload_id}/ticket", response={201: TusOut})
def upload_renew(request: ApiRequest, upload_id: UUID) -> Status[TusOut]:
    """Get a fresh ticket for an upload that goes on."""
    upload = upload_owned(upload_id, by=request.auth.person)
    return Status(201, tus_out(request, upload))


@router.delete("/{uuid:upload_id}", response={204: None})
def upload_delete(request: ApiRequest, upload_id: UUID) -> Status[None]:
    """Give up an upload whose bytes have not all come; a video made for it alone goes too."""
    upload_cancel(by=request.auth.person, upload_id=upload_id)
    return Status(204, None)
