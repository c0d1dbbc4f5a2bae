"""Posts as a page shows them, each with the card of its video, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from antenne.community.selectors.posts import PostSeen, posts_seen
from antenne.web.cards import Card, cards_of

if TYPE_CHECKING:
    from uuid import UUID

    from antenne.accounts.models import Person
    from antenne.community.models import Post


class PostsContext(TypedDict):
    """What `components/post_card.html` asks of its page: posts, and the cards of their videos."""

    posts: tuple[PostSeen, ...]
    cards: dict[UUID, Card]


def posts_context(
    posts: Sequence[Post], *, viewer: Person | None, kept: bool = False
) -> PostsContext:
    """Return posts as *viewer* sees them, their videos in the language of the page.

    *kept* says that they keep the place of all of them.
    """
    seen = posts_seen(posts, viewer=viewer, kept=kept)
    cards = cards_of([each.video for each in seen if each.video], viewer)
    return {"posts": seen, "cards": {card.video.pk: card for card in cards}}
