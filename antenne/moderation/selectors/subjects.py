"""What a report or a decision is about, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.channels import channel_by_handle
from antenne.catalog.selectors.sight import Access, SightRefused, video_sight
from antenne.community.models import Comment
from antenne.community.selectors.comments import comment_open
from antenne.moderation.models import Decision, Report
from antenne.moderation.states import SubjectKind


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be reported: its key, whose it is, what it is called and says."""

    kind: SubjectKind
    key: str
    pk: UUID
    home: str
    owner: Person | None
    shown: str
    said: str
    created_at: datetime
    video: Video | None = None
    channel: Channel | None = None
    comment: Comment | None = None
    language: str = ""

    @property
    def columns(self) -> dict[str, Video | Channel | Comment | None]:
        """Return the column of each kind, as reports and decisions have them."""
        return {"video": self.video, "channel": self.channel, "comment": self.comment}


def subject_seen(kind: str, key: str, *, viewer: Person | None) -> Subject:
    """Return a thing that *viewer* can see and so may report; raise `NotFound` for any other."""
    try:
        if kind == SubjectKind.VIDEO:
            sight = video_sight(key, viewer=viewer)
            if sight.video is None or sight.access not in (Access.OPEN, Access.PASSWORD):
                raise NotFound(key)
            return of_video(sight.video)
        if kind == SubjectKind.COMMENT:
            return of_comment(comment_open(UUID(key), viewer=viewer)[0])
    except (SightRefused, ValueError) as error:
        raise NotFound(key) from error
    return _of_somebody(kind, key)


def _of_somebody(kind: str, key: str) -> Subject:
    if kind == SubjectKind.CHANNEL:
        return of_channel(channel_by_handle(key))
    person = Person.objects.select_related("user").filter(handle__iexact=key).first()
    if kind != SubjectKind.PERSON or person is None:
        raise NotFound(key)
    return of_person(person)


def of_video(video: Video) -> Subject:
    """Return a video as a subject."""
    return Subject(
        kind=SubjectKind.VIDEO,
        key=video.public_id,
        pk=video.pk,
        home=video.home,
        owner=video.channel.person,
        shown=video.title,
        said=video.description[:5000],
        created_at=video.created_at,
        video=video,
        language=video.language,
    )


def of_channel(channel: Channel) -> Subject:
    """Return a channel as a subject."""
    return Subject(
        kind=SubjectKind.CHANNEL,
        key=channel.handle,
        pk=channel.pk,
        home=channel.home,
        owner=channel.person,
        shown=channel.name,
        said=channel.description,
        created_at=channel.created_at,
        channel=channel,
    )


def of_comment(comment: Comment) -> Subject:
    """Return a comment as a subject."""
    return Subject(
        kind=SubjectKind.COMMENT,
        key=str(comment.pk),
        pk=comment.pk,
        home=comment.home,
        owner=comment.person,
        shown=" ".join(comment.body.split())[:120] or "…",
        said=comment.body,
        created_at=comment.created_at,
        comment=comment,
    )


def of_person(person: Person) -> Subject:
    """Return a person as a subject."""
    return Subject(
        kind=SubjectKind.PERSON,
        key=person.handle,
        pk=person.pk,
        home=person.home,
        owner=person,
        shown=person.name,
        said="",
        created_at=person.created_at,
    )


def subject_of(row: Report | Decision) -> Subject | None:
    """Return what a report or decision is about; None where it is gone."""
    if row.video is not None:
        return of_video(row.video)
    if row.channel is not None:
        return of_channel(row.channel)
    if row.comment is not None:
        return of_comment(row.comment)
    if row.kind == SubjectKind.PERSON and row.person is not None:
        return of_person(row.person)
    return None
