"""Reads of comments: a page of them costs the same however long it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Lower

from antenne.accounts.models import PastHandle, Person
from antenne.catalog.models import Channel, Tally
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.sight import SightRefused
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.selectors.teams import videos_with
from antenne.catalog.states import PLAYABLE, Audience, Power, TallyKind, Visibility
from antenne.community.models import Comment, CommentRuling, Like, PersonBlock, WordBlock
from antenne.community.selectors.paging import oldest_page, ranked, ranked_cut, ranked_page
from antenne.community.selectors.places import Place, place_of_post, place_of_video
from antenne.community.states import Ruled, Sort
from antenne.community.wording import mentions_of, word_found
from antenne.kernel.pagination import Page
from antenne.kernel.written import written

SIZE = 20
_FOLD_CHARS = 700
_FOLD_LINES = 9


@dataclass(frozen=True, slots=True)
class Named:
    """Handles, in small letters, that lead to a person, and those that lead to a channel alone."""

    people: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


NOBODY: Final = Named()
_PERSON: Final = "person"
_CHANNEL: Final = "channel"
# What a list reads of each comment; none of these begins with an answer to another.
_LISTED: Final = (
    *("home", "state", "pinned", "hearted", "score", "replies"),
    *("comment__body", "comment__created_at", "comment__edited_at", "comment__removed"),
    *("comment__root", "comment__reply_to", "comment__person"),
    *("comment__person__handle", "comment__person__name", "comment__person__avatar"),
)


@dataclass(frozen=True, slots=True)
class CommentSeen:
    """A comment as one viewer sees it.

    `handle` is the writer's channel, `watch` the video that its moments are of, `answers` whom it
    is for and `muted` the word for which the viewer does not want to read it; each may be empty.
    `named` is what the handles in its text lead to.
    """

    comment: Comment
    ruling: CommentRuling
    likes: int
    liked: bool
    mine: bool
    kept: bool
    by_keeper: bool
    handle: str
    named: Named
    muted: str
    answers: str
    watch: str

    @property
    def long(self) -> bool:
        """Say whether it is folded until somebody asks for the rest."""
        return len(self.comment.body) > _FOLD_CHARS or self.comment.body.count("\n") > _FOLD_LINES

    @property
    def shown(self) -> bool:
        """Say whether everybody sees it."""
        return self.ruling.state == Ruled.SHOWN


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A page of comments, those of the viewer that wait, how many there are in all.

    `held` says to whoever keeps the place that comments wait for them.
    """

    place: Place
    items: tuple[CommentSeen, ...]
    waiting: tuple[CommentSeen, ...]
    next_cursor: str
    total: int
    sort: str
    first: bool = True
    held: bool = False


def _rulings() -> QuerySet[CommentRuling]:
    return CommentRuling.objects.select_related("comment__person", "comment__reply_to__person")


def _told(rows: QuerySet[CommentRuling], viewer: UUID | None) -> QuerySet[CommentRuling]:
    """Return rulings with what is shown beside each comment, so that a page is one query.

    `likes`, `handle` (the first channel of a writer who names theirs), and of a *viewer* `liked`
    and `words` (those that they block).
    """
    likes = Tally.objects.filter(subject=OuterRef("pk"), kind=TallyKind.LIKES).values("subject")
    channels = Channel.objects.filter(person=OuterRef("comment__person"))
    named = channels.exclude(person__preferences__channels_shown=False)
    told = rows.annotate(
        likes=Subquery(likes.annotate(total=Sum("value")).values("total")),
        handle=Subquery(named.order_by("created_at", "pk").values("handle")[:1]),
    )
    if viewer is None:
        return told
    return told.annotate(
        liked=Exists(Like.objects.filter(person=viewer, subject=OuterRef("pk"))),
        words=ArraySubquery(WordBlock.objects.filter(person=viewer).values("word")),
    )


def _unblocked(rows: QuerySet[CommentRuling], viewer: UUID | None) -> QuerySet[CommentRuling]:
    """Leave out what people wrote whom the viewer has blocked."""
    if viewer is None:
        return rows
    blocked = PersonBlock.objects.filter(person=viewer).values("blocked")
    return rows.exclude(comment__person__in=blocked)


def comments_page(
    place: Place, *, viewer: Person | None, sort: str = Sort.TOP, cursor: str = "", size: int = SIZE
) -> CommentPage:
    """Return a page of the comments on *place*, answers left out; raise `CursorRefused`."""
    by = "score" if sort == Sort.TOP else ""
    asked = (place.subject, *([viewer.pk] if viewer else []))
    page: Page[CommentRuling] = Page((), "")
    if place.open and cursor:
        page = ranked_page(_first_of(*asked), by=by, cursor=cursor, size=size)
    elif place.open:
        page = ranked_cut(_first_page(*asked, by=by, size=size), by=by, size=size)
    waiting = _waiting(*asked) if viewer and not cursor else []
    items = comments_seen([*page.rows, *waiting], place=place, viewer=viewer)
    count = len(page.rows)
    return CommentPage(
        place=place,
        items=items[:count],
        waiting=items[count:],
        next_cursor=page.next_cursor,
        total=_total(page.rows, place) if place.open else 0,
        held=place.kept and _some_held(page.rows, place),
        sort=sort,
        first=not cursor,
    )


def _first_of(subject: UUID, viewer: UUID | None = None) -> QuerySet[CommentRuling]:
    """Return the comments on a place that begin a thread, with how many it has and who waits."""
    rows = _told(CommentRuling.objects.select_related("comment__person"), viewer)
    rows = rows.filter(subject=subject, root=None, state=Ruled.SHOWN).only(*_LISTED)
    counted = Tally.objects.filter(subject=subject, kind=TallyKind.COMMENTS).values("subject")
    total = Subquery(counted.annotate(total=Sum("value")).values("total"))
    return _unblocked(rows.annotate(total=total, held=Exists(_of_keeper(subject))), viewer)


@written
def _first_page(
    subject: UUID, viewer: UUID | None = None, *, by: str, size: int
) -> QuerySet[CommentRuling]:
    """Return the first page of them, and one more."""
    return ranked(_first_of(subject, viewer), by=by)[: size + 1]


@written
def _waiting(subject: UUID, viewer: UUID) -> QuerySet[CommentRuling]:
    """Return the viewer's own comments that others do not see yet."""
    mine = _told(_rulings(), viewer).filter(subject=subject, comment__person=viewer, root=None)
    return mine.exclude(state=Ruled.SHOWN).order_by("-pk")[:SIZE]


def _of_keeper(subject: UUID) -> QuerySet[CommentRuling]:
    """Return the comments on a place that wait for its keeper."""
    waiting = CommentRuling.objects.filter(subject=subject, state=Ruled.HELD)
    return waiting.filter(comment__removed=False)


def _some_held(rows: tuple[CommentRuling, ...], place: Place) -> bool:
    """Say whether comments wait; of a page without any (one query) it may be so."""
    if rows:
        return bool(vars(rows[0])["held"])
    return _of_keeper(place.subject).exists()


def _total(rows: tuple[CommentRuling, ...], place: Place) -> int:
    """Return how many comments a place shows; of a page without any (one query) it may be some."""
    if rows:
        return vars(rows[0])["total"] or 0
    return tallies_of([place.subject])[place.subject].get(TallyKind.COMMENTS, 0)


def answers_page(
    root: Comment, place: Place, *, viewer: Person | None, cursor: str = "", size: int = SIZE
) -> tuple[tuple[CommentSeen, ...], str]:
    """Return a page of the answers in a thread, the oldest first, and the next cursor."""
    own = Q(comment__person=viewer) if viewer else Q(pk__in=[])
    key = viewer.pk if viewer else None
    rows = _told(_rulings(), key).filter(Q(state=Ruled.SHOWN) | own, root=root.pk)
    page: Page[CommentRuling] = oldest_page(_unblocked(rows, key), cursor=cursor, size=size)
    return comments_seen(page.rows, place=place, viewer=viewer), page.next_cursor


def comments_seen(
    rulings: Iterable[CommentRuling], *, place: Place, viewer: Person | None
) -> tuple[CommentSeen, ...]:
    """Return comments as *viewer* sees them; one query where they name anybody, else none."""
    rows = list(rulings)
    named = _named(rows)
    return tuple(_seen(row, place, viewer, named) for row in rows)


def _seen(row: CommentRuling, place: Place, viewer: Person | None, named: Named) -> CommentSeen:
    told, comment = vars(row), row.comment
    return CommentSeen(
        comment=comment,
        ruling=row,
        likes=told["likes"] or 0,
        liked=told.get("liked", False),
        mine=viewer is not None and viewer.pk == comment.person_id,
        kept=place.kept,
        by_keeper=comment.person_id == place.keeper_id,
        handle=told["handle"] or "",
        named=named,
        muted=word_found(comment.body, told.get("words", ())),
        answers=_answered(comment),
        watch=place.video.public_id if place.video else "",
    )


def _answered(comment: Comment) -> str:
    """Return whom an answer inside a thread is for, where it is not the thread's first comment."""
    target = comment.reply_to
    if target is None or target.pk == comment.root_id or target.person is None:
        return ""
    return target.person.handle


def _named(rows: list[CommentRuling]) -> Named:
    """Return where handles in comments lead: to a person, now or before, else to a channel."""
    asked = {handle for row in rows for handle in mentions_of(row.comment.body)}
    if not asked:
        return NOBODY
    living = Person.objects.filter(user__is_active=True)
    before = PastHandle.objects.filter(person__in=living)
    ways = (
        _handles_among(asked, living, _PERSON),
        _handles_among(asked, before, _PERSON),
        _handles_among(asked, Channel.objects.all(), _CHANNEL),
    )
    found = set(ways[0].union(*ways[1:]))
    people = frozenset(handle for handle, kind in found if kind == _PERSON)
    channels = frozenset(handle for handle, kind in found if kind == _CHANNEL)
    return Named(people=people, channels=channels - people)


def _handles_among(
    asked: Collection[str], rows: QuerySet[Any], kind: str
) -> QuerySet[Any, tuple[str, str]]:
    """Return which handles are among those of *rows*, each with what *kind* of thing it names."""
    found = rows.annotate(low=Lower("handle")).filter(low__in=asked)
    known = found.annotate(kind=Value(kind, output_field=CharField()))
    pairs: QuerySet[Any, tuple[str, str]] = known.values_list("low", "kind")
    return pairs


def comment_seen(comment: Comment, place: Place, *, viewer: Person | None) -> CommentSeen:
    """Return one comment as *viewer* sees it."""
    told = _told(_rulings(), viewer.pk if viewer else None).get(pk=comment.pk)
    return comments_seen([told], place=place, viewer=viewer)[0]


def comment_open(
    key: UUID, *, viewer: Person | None, unlocked: Collection[str] = ()
) -> tuple[Comment, Place]:
    """Return a comment that *viewer* may read, and its place; raise `NotFound` for any other."""
    rows = Comment.objects.select_related("person", "ruling", "video", "post")
    comment = rows.filter(pk=key).first()
    if comment is None or not hasattr(comment, "ruling"):
        raise NotFound(str(key))
    place = _place_of(comment, viewer=viewer, unlocked=unlocked)
    mine = viewer is not None and viewer.pk == comment.person_id
    if comment.ruling.state != Ruled.SHOWN and not (mine or place.kept):
        raise NotFound(str(key))
    return comment, place


def _place_of(comment: Comment, *, viewer: Person | None, unlocked: Collection[str]) -> Place:
    """Return where a comment stands; raise `NotFound` where *viewer* may not be."""
    if comment.post is not None:
        return place_of_post(comment.post.public_id, viewer=viewer)
    try:
        public_id = comment.video.public_id if comment.video else ""
        return place_of_video(public_id, viewer=viewer, unlocked=unlocked)
    except SightRefused as refusal:
        raise NotFound(str(comment.pk)) from refusal


def comment_kept(key: UUID, *, by: Person) -> tuple[Comment, Place]:
    """Return a comment about which *by* decides; raise `NotFound` for any other."""
    comment, place = comment_open(key, viewer=by)
    if not place.kept or comment.removed:
        raise NotFound(str(key))
    return comment, place


def comments_by(person: Person) -> QuerySet[Comment]:
    """Return what a person has said where everybody may read it, to be listed by date."""
    open_video = Q(video__visibility=Visibility.PUBLIC, video__state__in=PLAYABLE)
    open_post = Q(post__audience=Audience.EVERYBODY)
    said = Comment.objects.filter(open_video | open_post, person=person, removed=False)
    shown = said.filter(ruling__state=Ruled.SHOWN)
    return shown.select_related("video", "post__channel", "post__group")


def comments_held(person: Person) -> QuerySet[CommentRuling]:
    """Return the comments that wait for a person's review, on all of their channels."""
    mine = Q(video__in=videos_with(person, Power.EDIT).values("pk"))
    rows = _rulings().select_related("video", "post").filter(comment__removed=False)
    return rows.filter(mine | Q(post__person=person), state=Ruled.HELD)


def held_page(person: Person, *, cursor: str = "", size: int = SIZE) -> Page[CommentRuling]:
    """Return a page of the comments that wait for a person's review, the newest first."""
    return ranked_page(comments_held(person), by="", cursor=cursor, size=size)
