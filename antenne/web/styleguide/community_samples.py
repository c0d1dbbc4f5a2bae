"""Invented comments and buttons for the style guide: pinned, held, folded, another script."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from antenne.community.selectors.comments import NOBODY, Named
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.web.community.block import FollowBlock, LikeBlock


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """What a comment shows of its writer."""

    name: str = "Charlie Harbour"
    handle: str = "charlie"


@dataclass(frozen=True, slots=True)
class SampleSaid:
    """What somebody wrote."""

    body: str = "The light at 0:42 is unreal."
    pk: UUID = field(default_factory=uuid7)
    person: SamplePerson = SamplePerson()
    root_id: UUID | None = None
    removed: bool = False
    edited_at: datetime | None = None
    created_at: datetime = field(default_factory=lambda: now() - timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class SampleRuling:
    """What was decided about it."""

    state: str = "shown"
    pinned: bool = False
    hearted: bool = False
    replies: int = 0


@dataclass(frozen=True, slots=True)
class SampleComment:
    """A comment as a viewer sees it (community.selectors.comments.CommentSeen)."""

    comment: SampleSaid = field(default_factory=SampleSaid)
    ruling: SampleRuling = SampleRuling()
    likes: int = 0
    liked: bool = False
    by_keeper: bool = False
    shown: bool = True
    long: bool = False
    muted: str = ""
    handle: str = ""
    watch: str = "x000"
    named: Named = NOBODY
    answers: str = ""


COMMENTS: Final = (
    SampleComment(ruling=SampleRuling(pinned=True, hearted=True), likes=1240, liked=True),
    SampleComment(SampleSaid("الميناء في الليل", person=SamplePerson("مريم")), by_keeper=True),
    SampleComment(SampleSaid("Read me first."), SampleRuling("held"), shown=False),
    SampleComment(SampleSaid("The sea takes everything. " * 40), long=True),
    SampleComment(SampleSaid("Buy vinegar."), muted="vinegar"),
    SampleComment(SampleSaid("", removed=True)),
)
LIKES: Final = tuple(
    LikeBlock("#", on=on, count=count, small=small)
    for on, count, small in ((False, 0, False), (True, 12, False), (False, 10_000_000, True))
)
FOLLOWS: Final = tuple(
    FollowBlock("#", following=following, silent=silent, own=False, count=count, name="Harbour")
    for following, silent, count in ((False, False, 0), (True, False, 1), (True, True, 1_520_000))
)
