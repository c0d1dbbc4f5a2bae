"""Likes: switched on and off, counted once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.states import TallyKind
from antenne.community.models import Comment, Like, Post
from antenne.community.selectors.places import topic_of_post, topic_of_video
from antenne.community.services.comments import comment_rank
from antenne.kernel.events import event_send
from antenne.kernel.rate import Rate, rate_spend

LIKE_RATE = Rate("community.like", limit=60, window_s=60)


def video_like(*, by: Person, video: Video, on: bool) -> None:
    """Like a video that *by* may watch, or take the like back; raise `RateExceeded`."""
    rate_spend(LIKE_RATE, str(by.pk))
    with transaction.atomic():
        like = Like(person=by, home=by.home, subject=video.pk, video=video)
        if _switch(like, video.home, on=on):
            _tell(topic_of_video(video), video.pk)


def comment_like(*, by: Person, comment: Comment, home: str, on: bool) -> None:
    """Like a comment that *by* may read; *home* is that of what it is about."""
    if comment.removed:
        raise NotFound(str(comment.pk))
    rate_spend(LIKE_RATE, str(by.pk))
    with transaction.atomic():
        like = Like(person=by, home=by.home, subject=comment.pk, comment=comment)
        if _switch(like, home, on=on):
            comment_rank(key=comment.pk)


def post_like(*, by: Person, post: Post, on: bool) -> None:
    """Like a post that *by* may read."""
    rate_spend(LIKE_RATE, str(by.pk))
    with transaction.atomic():
        row = Like(person=by, home=by.home, subject=post.pk, post=post)
        if _switch(row, post.home, on=on):
            _tell(topic_of_post(post), post.pk)


def _tell(topic: str, subject: UUID) -> None:
    """Let open pages show how many like it now."""
    event_send(topic, "likes", count=tallies_of([subject])[subject].get(TallyKind.LIKES, 0))


def _switch(like: Like, home: str, *, on: bool) -> bool:
    """Make the row or take it away; count, and say so, only where that changed something."""
    # One like of a person at a time: two at once count once.
    Person.objects.select_for_update(no_key=True).get(pk=like.person_id)
    rows = Like.objects.filter(person_id=like.person_id, subject=like.subject)
    if on == rows.exists():
        return False
    if on:
        like.save(force_insert=True)
    else:
        rows.delete()
    tally_add(subject=like.subject, home=home, kind=TallyKind.LIKES, by=1 if on else -1)
    return True
