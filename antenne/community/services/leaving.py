"""Taking somebody who leaves out of what others made: their own words go, the places stay.

What they said in their own name is erased, and keeps an empty place where others have answered.
What they did in a place of somebody else is handed to whoever that place belongs to
(decision 0022).
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.states import TallyKind
from antenne.community.models import Comment, CommentRuling, Follow, GroupMember, Like, Post
from antenne.community.selectors.places import place_kept
from antenne.community.services.clearing import comments_clear
from antenne.community.services.comments import comment_erase, comment_rank
from antenne.community.services.groups import group_pass_on
from antenne.community.services.posts import post_answered, post_discard, post_empty
from antenne.community.states import Role
from antenne.kernel.facts import Fact, fact_record

Row = TypeVar("Row", bound=Model)


def person_leave(*, person_id: UUID) -> None:
    """Take back all that a person said and did among others, then say that nothing is left.

    Each thing goes in a transaction of its own: killed half-way and run again, it goes on.
    """
    if not Person.objects.filter(pk=person_id).exists():
        return
    for follow in Follow.objects.filter(person=person_id).select_related("channel").iterator():
        channel = follow.channel
        _take_back(follow, channel.pk, channel.home, TallyKind.FOLLOWERS)
    likes = Like.objects.filter(person=person_id).select_related("video", "comment", "post")
    for like in likes.iterator():
        liked = like.video or like.comment or like.post
        _take_back(like, like.subject, liked.home if liked else "", TallyKind.LIKES)
    # The latest first: an answer to oneself does not keep the place of what it answers.
    for key in _keys(Comment.objects.filter(person=person_id).order_by("-pk")):
        _comment_withdraw(key)
    for key in _keys(GroupMember.objects.filter(person=person_id, role=Role.OWNER)):
        group_pass_on(key=key)
    for key in _keys(Post.objects.filter(person=person_id)):
        _post_withdraw(key, person_id)
    fact_record(Fact("person.parted", {"person": str(person_id)}))


def _keys(rows: QuerySet[Row]) -> list[UUID]:
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def _take_back(row: Follow | Like, subject: UUID, home: str, kind: TallyKind) -> None:
    """Delete a row and count one less; once, however often it is run."""
    gone, _each = type(row).objects.filter(pk=row.pk).delete()
    if gone and home:
        tally_add(subject=subject, home=home, kind=kind, by=-1)
        if isinstance(row, Like) and row.comment_id:
            comment_rank(key=row.comment_id)


@transaction.atomic
def _comment_withdraw(key: UUID) -> None:
    """Erase a comment as its writer would; one whose place is gone goes with it, uncounted."""
    comment = Comment.objects.select_for_update().filter(pk=key).first()
    if comment is None:
        return
    place = place_kept(comment)
    if place is None or not CommentRuling.objects.filter(pk=key).exists():
        comments_clear([key])
    else:
        comment_erase(comment=comment, place=place)


@transaction.atomic
def _post_withdraw(key: UUID, person_id: UUID) -> None:
    """Hand on what was written for somebody's channel; take back what began a discussion."""
    rows = Post.objects.select_related("channel", "group").select_for_update(of=("self",))
    post = rows.filter(pk=key, person=person_id).first()
    if post is None:
        return
    if post.channel is not None and post.channel.person_id != person_id:
        Post.objects.filter(pk=key).update(person=post.channel.person_id)
        # It was found by its writer's name.
        fact_record(Fact("post.edited", {"post": str(key)}))
    elif post.group is not None and post_answered(post):
        post_empty(post=post)
    else:
        post_discard(post=post)
