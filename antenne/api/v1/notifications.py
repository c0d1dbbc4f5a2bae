"""What a person is told, and how they want to hear of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Field, Router, Schema, Status

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, listed
from antenne.community.notices import notice_of
from antenne.community.selectors.notifications import (
    notifications_of,
    unread_count,
    wishes_of,
)
from antenne.community.services.notifications import (
    notification_read,
    notifications_clear,
    notifications_read,
    wish_set,
)
from antenne.community.states import Kind, MailPace

if TYPE_CHECKING:
    from antenne.community.models import Notification

router = Router(tags=["notifications"])


class NotificationOut(Schema):
    """Something that happened; `path` is the page of this site that it leads to."""

    id: UUID
    kind: Kind
    title: str
    text: str
    path: str
    video: str | None
    comment: UUID | None
    post: str | None
    channel: str | None = Field(description="Handle of the channel that it is about.")
    group: str | None = Field(description="Handle of the group that it is about.")
    created_at: datetime
    read_at: datetime | None


class ReadOut(Schema):
    """How many were new."""

    read: int


class UnreadOut(Schema):
    """How many are new; a hundred and more count as 99."""

    unread: int


class WishBody(Asked):
    """How one wants to hear of one kind of thing: on the page, and by e-mail."""

    in_page: bool
    mail: MailPace


class WishOut(WishBody):
    """How one hears of one kind of thing."""

    kind: Kind


@router.get("", response=Listed[NotificationOut])
def me_notifications(request: ApiRequest, asked: Paging) -> Listed[NotificationOut]:
    """List what happened, the latest first."""
    rows = notifications_of(request.auth.person)
    page = asked.of(rows, by="created_at")
    return listed(page, _notification_out)


def _notification_out(row: Notification) -> NotificationOut:
    notice = notice_of(row)
    return NotificationOut(
        id=row.pk,
        kind=Kind(row.kind),
        title=notice.title,
        text=notice.quoted,
        path=notice.path,
        video=row.video.public_id if row.video else None,
        comment=row.comment_id,
        post=row.post.public_id if row.post else None,
        channel=row.channel.handle if row.channel else None,
        group=row.group.handle if row.group else None,
        created_at=row.created_at,
        read_at=row.read_at,
    )


@router.delete("", response={204: None})
def me_notifications_clear(request: ApiRequest) -> Status[None]:
    """Forget all of one's notifications."""
    notifications_clear(by=request.auth.person)
    return Status(204, None)


@router.get("/unread", response=UnreadOut)
def me_notifications_unread(request: ApiRequest) -> UnreadOut:
    """Say how many notifications are new."""
    return UnreadOut(unread=unread_count(request.auth.person))


@router.post("/read", response=ReadOut)
def me_notifications_read(request: ApiRequest) -> ReadOut:
    """Note that all notifications were read."""
    return ReadOut(read=notifications_read(by=request.auth.person))


@router.post("/{uuid:notification_id}/read", response=NotificationOut)
def me_notification_read(request: ApiRequest, notification_id: UUID) -> NotificationOut:
    """Note that one notification was read."""
    return _notification_out(notification_read(by=request.auth.person, key=notification_id))


@router.get("/wishes", response=list[WishOut])
def me_wishes(request: ApiRequest) -> list[WishOut]:
    """List how one hears of each kind of thing."""
    return [
        WishOut(kind=wish.kind, in_page=wish.in_page, mail=MailPace(wish.pace))
        for wish in wishes_of(request.auth.person)
    ]


@router.put("/wishes/{kind}", response=WishOut)
def me_wish_put(request: ApiRequest, kind: Kind, asked: WishBody) -> WishOut:
    """Choose how to hear of one kind of thing from now on."""
    wish_set(by=request.auth.person, kind=kind, in_page=asked.in_page, pace=asked.mail)
    return WishOut(kind=kind, in_page=asked.in_page, mail=asked.mail)
