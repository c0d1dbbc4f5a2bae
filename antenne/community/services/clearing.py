"""What hung on something that is gone: taken away in small steps, each on its own."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from antenne.catalog.services.tallies import tallies_clear
from antenne.community.models import (
    Comment,
    CommentOrigin,
    CommentRuling,
    Like,
    Notification,
    Post,
)
from antenne.community.services.posts import post_discard
from antenne.kernel.clock import now

_STEP = 500
_KEPT = timedelta(days=90)


def subject_clear(*, subject: UUID) -> None:
    """Delete every comment, like, notification and count of a video or post that is gone.

    It may run twice or die half-way: what is left is found again.
    """
    while True:
        keys = list(Comment.objects.filter(subject=subject).values_list("pk", flat=True)[:_STEP])
        if not keys:
            break
        comments_clear(keys)
    Like.objects.filter(subject=subject).delete()
    Notification.objects.filter(video_id=subject).delete()
    Notification.objects.filter(post_id=subject).delete()
    tallies_clear(subjects=[subject])


def channel_clear(*, channel: UUID) -> None:
    """Remove every post of a channel that is gone, and forget what was counted of it."""
    for post in Post.objects.filter(channel=channel):
        post_discard(post=post)
    tallies_clear(subjects=[channel])


@transaction.atomic
def comments_clear(keys: list[UUID]) -> None:
    """Delete comments with all that hangs on each, uncounted: what they stood under is gone."""
    Notification.objects.filter(comment__in=keys).delete()
    Like.objects.filter(subject__in=keys).delete()
    CommentOrigin.objects.filter(comment__in=keys).delete()
    CommentRuling.objects.filter(comment__in=keys).delete()
    tallies_clear(subjects=keys)
    # Answers may go before what they answer: nothing cascades here.
    Comment.objects.filter(pk__in=keys)._raw_delete("default")


def old_clear() -> None:
    """Forget notifications, and where comments came from, after ninety days."""
    before = now() - _KEPT
    Notification.objects.filter(created_at__lt=before).delete()
    CommentOrigin.objects.filter(created_at__lt=before).delete()
