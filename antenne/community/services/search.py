"""Writes to what posts and groups are found by: made again from them, at any time."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from antenne.catalog.services.search import words_add
from antenne.catalog.services.trends import words_count as words_counted
from antenne.catalog.states import Audience
from antenne.catalog.vectors import vector_of, vectors_joined
from antenne.catalog.wording import PLAIN, configs_of, hashtags_of, segmented
from antenne.community.models import Group, GroupSearch, Post, PostSearch
from antenne.kernel.clock import now

_BATCH: Final = 500
_WORDS: Final = (
    "SELECT words FROM community_postsearch WHERE audience = 'everybody'",
    "SELECT words FROM community_groupsearch",
)


@transaction.atomic
def post_index(*, post_id: UUID) -> None:
    """Write what a post is found by; one that is gone, or was emptied, is found no more."""
    rows = Post.objects.select_related("channel", "group", "person")
    post = rows.select_for_update(of=("self",), no_key=True).filter(pk=post_id).first()
    where = (post.channel or post.group) if post else None
    if post is None or where is None or post.removed:
        return
    place = f"{where.name} {where.handle}"
    configs = configs_of("", f"{post.title} {post.body}")
    about = " ".join([place, post.person.name, *hashtags_of(post.body)])
    shown = post.audience == Audience.EVERYBODY
    words = segmented(f"{post.title} {post.body}") if shown else ""
    PostSearch.objects.update_or_create(
        post=post,
        defaults={
            "audience": post.audience,
            "channel": post.channel,
            "group": post.group,
            "posted_at": post.created_at,
            "words": words,
            "head": vectors_joined(
                vector_of(post.title, *configs, PLAIN, weight="A"),
                vector_of(about, *configs, PLAIN, weight="B"),
                vector_of(post.body, *configs, PLAIN, weight="C"),
            ),
            "made_at": now(),
        },
    )
    words_add(words)


@transaction.atomic
def group_index(*, group_id: UUID) -> None:
    """Write what a group is found by; its name and what it is about are everybody's."""
    group = Group.objects.select_for_update(no_key=True).filter(pk=group_id).first()
    if group is None:
        return
    configs = configs_of("", f"{group.name} {group.about}")
    words = segmented(group.name)
    GroupSearch.objects.update_or_create(
        group=group,
        defaults={
            "words": words,
            "head": vectors_joined(
                vector_of(f"{group.name} {group.handle}", *configs, PLAIN, weight="A"),
                vector_of(group.about, *configs, PLAIN, weight="C"),
            ),
            "made_at": now(),
        },
    )
    words_add(words)


def search_catch_up(*, most: int = _BATCH) -> int:
    """Write what is missing or older than what it is about; return how much that was."""
    stale = Q(found__isnull=True) | Q(found__made_at__lt=Coalesce("edited_at", "created_at"))
    groups = list(Group.objects.filter(found__isnull=True).values_list("pk", flat=True)[:most])
    posts = list(Post.objects.filter(stale, removed=False).values_list("pk", flat=True)[:most])
    for key in groups:
        group_index(group_id=key)
    for key in posts:
        post_index(post_id=key)
    return len(groups) + len(posts)


def words_count() -> None:
    """Count the words that everybody finds in videos, posts and groups; forget the others."""
    words_counted(also=_WORDS)
