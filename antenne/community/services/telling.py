"""Who is told of what: comments to those they concern, videos and posts to followers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.states import Audience, Visibility
from antenne.community.models import Comment, Follow, GroupMember, Post
from antenne.community.selectors.follows import followers_told
from antenne.community.services.notifications import BATCH, News, news_tell
from antenne.community.states import INSIDE, LEADING, Kind, Role, Ruled
from antenne.community.wording import mentions_of

Row = TypeVar("Row", bound=Model)
Steps = Callable[[UUID | None], list[Follow] | list[GroupMember]]


def comment_told(*, key: UUID) -> None:
    """Tell whoever is answered, is mentioned, or keeps the place; each of them once."""
    comment = _comment(key)
    if comment is None or comment.ruling.state != Ruled.SHOWN:
        return
    told = {comment.person_id} if comment.person_id else set()
    _tell(comment, Kind.REPLY, [comment.reply_to.person if comment.reply_to else None], told)
    if comment.audience != Audience.OWNERS:
        handles = mentions_of(comment.body)
        _tell(comment, Kind.MENTION, _people(handles), told)
    _tell(comment, Kind.COMMENT, [_keeper(comment)], told)


def _comment(key: UUID) -> Comment | None:
    rows = Comment.objects.select_related(
        "ruling", "person", "reply_to__person", "video__channel__person", "post__person"
    )
    return rows.filter(pk=key, removed=False).first()


def _people(handles: tuple[str, ...]) -> list[Person]:
    if not handles:
        return []
    pattern = rf"^({'|'.join(handles)})$"  # letters, digits, hyphens and lines alone
    return list(Person.objects.filter(handle__iregex=pattern, user__isnull=False))


def _keeper(comment: Comment) -> Person | None:
    if comment.video is not None:
        return comment.video.channel.person
    return comment.post.person if comment.post else None


def _tell(
    comment: Comment, kind: Kind, people: list[Person | None] | list[Person], told: set[UUID]
) -> None:
    """Tell those of *people* who have not been told of this comment yet."""
    wanted = [person for person in people if person is not None and person.pk not in told]
    told |= {person.pk for person in wanted}
    news = News(
        kind=kind,
        key=f"comment:{comment.pk}",
        actor=comment.person,
        comment=comment,
        video=comment.video,
        post=comment.post,
    )
    news_tell(news=news, people=wanted)


def held_told(*, key: UUID) -> None:
    """Tell the keeper of a place that a comment waits there."""
    comment = _comment(key)
    if comment is not None and comment.ruling.state == Ruled.HELD:
        keeper = _keeper(comment)
        news = News(
            Kind.HELD, f"held:{key}", actor=comment.person, comment=comment, video=comment.video
        )
        news_tell(news=news, people=[keeper] if keeper else [])


def heart_told(*, key: UUID) -> None:
    """Tell a writer that the channel likes their comment."""
    comment = _comment(key)
    if comment is not None and comment.ruling.hearted:
        news = News(
            Kind.HEART,
            f"heart:{key}",
            actor=_keeper(comment),
            channel=comment.video.channel if comment.video else None,
            comment=comment,
            video=comment.video,
        )
        news_tell(news=news, people=[comment.person] if comment.person else [])


def video_told(*, key: UUID) -> None:
    """Tell the followers of a channel of its new video; running twice tells once."""
    video = Video.objects.select_related("channel__person").filter(pk=key).first()
    if video is None or video.visibility != Visibility.PUBLIC:
        return
    news = News(
        Kind.VIDEO,
        f"video:{key}",
        actor=video.channel.person,
        channel=video.channel,
        video=video,
    )
    _followers_tell(news, video.channel_id)


def post_told(*, key: UUID) -> None:
    """Tell the followers of a channel of its new post, or the members of a group."""
    post = Post.objects.select_related("channel", "group", "person").filter(pk=key).first()
    if post is None:
        return
    news = News(
        Kind.POST,
        f"post:{key}",
        actor=post.person,
        channel=post.channel,
        group=post.group,
        post=post,
    )
    if post.channel is not None:
        _followers_tell(news, post.channel.pk)
    elif post.group is not None:
        inside = GroupMember.objects.filter(group=post.group, role__in=INSIDE)
        _all_tell(news, lambda last: _step(inside, last))


def asked_told(*, key: UUID) -> None:
    """Tell those who lead a group that somebody asks to join it."""
    asked = GroupMember.objects.select_related("group", "person").filter(pk=key).first()
    if asked is None or asked.role != Role.ASKED:
        return
    news = News(Kind.GROUP, f"asked:{key}", actor=asked.person, group=asked.group)
    leading = GroupMember.objects.filter(group=asked.group, role__in=LEADING)
    news_tell(news=news, people=[row.person for row in leading.select_related("person")])


def let_in_told(*, key: UUID) -> None:
    """Tell somebody that they were let in."""
    row = GroupMember.objects.select_related("group", "person").filter(pk=key).first()
    if row is not None and row.role in INSIDE:
        news_tell(news=News(Kind.GROUP, f"let-in:{key}", group=row.group), people=[row.person])


def _followers_tell(news: News, channel_id: UUID) -> None:
    rows = followers_told(channel_id)
    _all_tell(news, lambda last: _step(rows, last))


def _step(rows: QuerySet[Row], last: UUID | None) -> list[Row]:
    """Return what comes after a key, in the order of keys."""
    after = rows.filter(pk__gt=last) if last else rows
    return list(after.select_related("person").order_by("pk")[:BATCH])


def _all_tell(news: News, steps: Steps) -> None:
    """Tell everybody, one step a transaction."""
    step = steps(None)
    while step:
        news_tell(news=news, people=[row.person for row in step])
        step = steps(step[-1].pk)
