"""All that the desk knows of one video, channel or comment: what was said, decided and done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet, Sum

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.audience.periods import period_last
from antenne.audience.selectors.bill import channel_bytes, video_bytes
from antenne.catalog.models import Channel, Member, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.selectors.teams import members_of
from antenne.catalog.states import TallyKind
from antenne.community.models import Comment
from antenne.moderation.models import Decision, Report
from antenne.moderation.selectors.log import Line, log_page
from antenne.moderation.selectors.subjects import (
    Subject,
    of_channel,
    of_comment,
    of_person,
    of_video,
)
from antenne.moderation.states import SubjectKind
from antenne.pipeline.models import Upload
from antenne.pipeline.states import UploadState

_MOST: Final = 20
_DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was said of one thing, what was decided about it, and what operators did to it."""

    subject: Subject
    reports: tuple[Report, ...]
    decisions: tuple[Decision, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class VideoKnown:
    """One video: its files, how often it was watched, and its dossier."""

    video: Video
    dossier: Dossier
    uploads: tuple[Upload, ...]
    views: int
    comments: int
    delivered_bytes: int


@dataclass(frozen=True, slots=True)
class ChannelKnown:
    """One channel: who works on it, what it holds, and its dossier."""

    channel: Channel
    dossier: Dossier
    team: tuple[Member, ...]
    videos: int
    kept_bytes: int
    views: int
    followers: int
    delivered_bytes: int


@dataclass(frozen=True, slots=True)
class CommentKnown:
    """One comment and its dossier."""

    comment: Comment
    dossier: Dossier


def dossier_of(subject: Subject, *, by: Person) -> Dossier:
    """Return what is known of a thing; raise `NotAllowed`."""
    operator_check(by)
    reports = Report.objects.select_related("by", "decision").filter(subject_id=subject.pk)
    lines, _more = log_page(by=by, subject=str(subject.pk))
    return Dossier(
        subject=subject,
        reports=tuple(reports.order_by("-created_at")[:_MOST]),
        decisions=tuple(_decisions(subject).order_by("-created_at")[:_MOST]),
        lines=tuple(lines[:_MOST]),
    )


def _decisions(subject: Subject) -> QuerySet[Decision]:
    rows = Decision.objects.select_related("by")
    if subject.kind == SubjectKind.PERSON:
        return rows.filter(person=subject.pk)
    return rows.filter(**{str(subject.kind): subject.pk})


def video_known(public_id: str, *, by: Person) -> VideoKnown:
    """Return all about any video; raise `NotAllowed`, `NotFound`."""
    operator_check(by)
    video = Video.objects.select_related("channel__person").filter(public_id=public_id).first()
    if video is None:
        raise NotFound(public_id)
    counted = tallies_of([video.pk]).get(video.pk, {})
    return VideoKnown(
        video=video,
        dossier=dossier_of(of_video(video), by=by),
        uploads=tuple(Upload.objects.filter(video=video).order_by("-created_at")[:_MOST]),
        views=counted.get(TallyKind.VIEWS, 0),
        comments=Comment.objects.filter(video=video, removed=False).count(),
        delivered_bytes=video_bytes(video, period=period_last(_DAYS)),
    )


def channel_known(handle: str, *, by: Person) -> ChannelKnown:
    """Return all about a channel; raise `NotAllowed`, `NotFound`."""
    operator_check(by)
    rows = Channel.objects.select_related("person__user")
    channel = rows.filter(handle__iexact=handle.removeprefix("@")).first()
    if channel is None:
        raise NotFound(handle)
    counted = tallies_of([channel.pk]).get(channel.pk, {})
    files = Upload.objects.filter(video__channel=channel).exclude(state=UploadState.REFUSED)
    return ChannelKnown(
        channel=channel,
        dossier=dossier_of(of_channel(channel), by=by),
        team=tuple(members_of(channel)[:_MOST]),
        videos=Video.objects.filter(channel=channel).count(),
        kept_bytes=files.aggregate(total=Sum("size_bytes"))["total"] or 0,
        views=counted.get(TallyKind.VIEWS, 0),
        followers=counted.get(TallyKind.FOLLOWERS, 0),
        delivered_bytes=channel_bytes(channel, period=period_last(_DAYS)),
    )


def comment_known(key: UUID, *, by: Person) -> CommentKnown:
    """Return all about a comment; raise `NotAllowed`, `NotFound`."""
    operator_check(by)
    rows = Comment.objects.select_related("person__user", "ruling", "video", "post")
    comment = rows.filter(pk=key).first()
    if comment is None:
        raise NotFound(str(key))
    return CommentKnown(comment, dossier_of(of_comment(comment), by=by))


def subjects_chosen(kind: str, keys: list[str], *, by: Person) -> list[Subject]:
    """Return the things of one kind that were chosen in a list; what is gone is left out.

    Raises `NotAllowed`.
    """
    operator_check(by)
    if kind == SubjectKind.VIDEO:
        videos = Video.objects.select_related("channel__person").filter(public_id__in=keys)
        return [of_video(row) for row in videos.order_by("pk")]
    if kind == SubjectKind.CHANNEL:
        channels = Channel.objects.select_related("person").filter(handle__in=keys)
        return [of_channel(row) for row in channels.order_by("pk")]
    if kind == SubjectKind.PERSON:
        people = Person.objects.select_related("user").filter(handle__in=keys)
        return [of_person(row) for row in people.order_by("pk")]
    return _comments_chosen(keys)


def _comments_chosen(keys: list[str]) -> list[Subject]:
    ids = [key for key in keys if _is_uuid(key)]
    rows = Comment.objects.select_related("person").filter(pk__in=ids, removed=False)
    return [of_comment(row) for row in rows.order_by("pk")]


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
