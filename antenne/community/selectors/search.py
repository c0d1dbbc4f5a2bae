"""Searching posts and groups: what a viewer may read, and nothing of a closed group to others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast, Round

from antenne.catalog.asking import Asking, words_query
from antenne.catalog.selectors.likely import WEIGHED_MAX, WEIGHTS
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.search import SINCE_DAYS, Since, Sort
from antenne.catalog.states import Audience
from antenne.community.models import Group, GroupMember, GroupSearch, Post, PostSearch
from antenne.community.selectors.posts import POST_JOINED
from antenne.community.states import INSIDE
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.kernel.clock import now
from antenne.kernel.pagination import Page, page_of, page_ranked


def posts_readable(
    onlooker: Onlooker, *, offered: FeatureSettings | None = None
) -> QuerySet[PostSearch]:
    """Return what *onlooker* may find: what is everybody's, and what is said in their own groups.

    Nothing by people or with words that they have blocked. *offered* says what this site offers,
    where the caller knows.
    """
    viewer = onlooker.person
    where = Q(audience=Audience.EVERYBODY)
    if viewer is not None:
        mine = GroupMember.objects.filter(person=viewer, role__in=INSIDE)
        where |= Q(group__in=mine.values("group"))
    offered = offered or setting_of(FeatureSettings)
    rows = PostSearch.objects.filter(where)
    if onlooker.people:
        rows = rows.exclude(post__person__in=onlooker.people)
    if onlooker.channels:
        rows = rows.exclude(channel__in=onlooker.channels)
    unwanted = words_query(onlooker.words, weights="ABC")
    rows = rows.exclude(head=unwanted) if unwanted is not None else rows
    rows = rows if offered.posts else rows.filter(channel=None)
    return rows if offered.groups else rows.filter(group=None)


def posts_found(
    asking: Asking,
    *,
    onlooker: Onlooker = ANYBODY,
    since: str = "",
    sort: str = Sort.RELEVANCE,
    cursor: str = "",
    size: int = 20,
) -> Page[Post]:
    """Return a page of posts that match, with where they stand and who wrote them.

    An empty asking matches everything, the newest first. Raises `CursorRefused`.
    """
    rows = posts_readable(onlooker)
    if since:
        rows = rows.filter(posted_at__gte=now() - timedelta(days=SINCE_DAYS[Since(since)]))
    if not asking.empty:
        rows = rows.filter(head=asking.query())
    ranked = sort == Sort.RELEVANCE and not asking.empty
    joined = tuple(f"post__{name}" for name in POST_JOINED)
    if ranked:
        near = posts_weighed(rows, asking).select_related(*joined)
        page = page_ranked(near, by="score", cursor=cursor, size=size)
    else:
        page = page_of(rows.select_related(*joined), by="posted_at", cursor=cursor, size=size)
    return Page(tuple(row.post for row in page.rows), page.next_cursor)


def posts_weighed(rows: QuerySet[PostSearch], asking: Asking) -> QuerySet[PostSearch]:
    """Return the newest of *rows*, each with how well it matches (`score`)."""
    newest: tuple[str, str] = ("-posted_at", "-pk")
    likely = rows.order_by(*newest).values("pk")[:WEIGHED_MAX]
    return PostSearch.objects.filter(pk__in=likely).annotate(score=_score(asking))


def _score(asking: Asking) -> Round:
    rank = SearchRank(F("head"), asking.query(), weights=WEIGHTS)
    return Round(Cast(rank, FloatField()), 6)


def groups_found(
    asking: Asking, *, onlooker: Onlooker = ANYBODY, cursor: str = "", size: int = 24
) -> Page[Group]:
    """Return a page of groups by name or what they are about, the nearest first.

    An empty asking matches everything, the newest first. Raises `CursorRefused`.
    """
    if not setting_of(FeatureSettings).groups:
        return Page((), "")
    if asking.empty:
        return page_of(Group.objects.all(), by="created_at", cursor=cursor, size=size)
    rows = groups_near(asking, onlooker=onlooker).select_related("group")
    page = page_ranked(rows, by="score", cursor=cursor, size=size)
    return Page(tuple(row.group for row in page.rows), page.next_cursor)


def groups_near(
    asking: Asking, *, onlooker: Onlooker = ANYBODY, offered: FeatureSettings | None = None
) -> QuerySet[GroupSearch]:
    """Return the groups that match, each with how well (`score`)."""
    rows = GroupSearch.objects.filter(head=asking.query())
    unwanted = words_query(onlooker.words, weights="ABC")
    rows = rows.exclude(head=unwanted) if unwanted is not None else rows
    rows = rows.annotate(score=_score(asking))
    return rows if (offered or setting_of(FeatureSettings)).groups else rows.none()


def posts_match(asking: Asking, *, onlooker: Onlooker = ANYBODY) -> bool:
    """Say whether *onlooker* finds a post."""
    return posts_readable(onlooker).filter(head=asking.query()).exists()


def groups_match(asking: Asking) -> bool:
    """Say whether a group is found."""
    return GroupSearch.objects.filter(head=asking.query()).exists()


def groups_suggested(asking: Asking, *, most: int = 2) -> list[Group]:
    """Return groups whose names begin like what is being typed (one query)."""
    if not setting_of(FeatureSettings).groups:
        return []
    rows = GroupSearch.objects.filter(head=asking.query()).select_related("group")
    return [row.group for row in rows.order_by("pk")[:most]]


def group_sizes(groups: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many people belong to each of *groups* (one query)."""
    rows = GroupMember.objects.filter(group__in=list(groups), role__in=INSIDE)
    return dict(rows.values_list("group").annotate(Count("pk")).order_by())
