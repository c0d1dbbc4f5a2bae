"""Tags and filters of comments, likes and subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from antenne.community.selectors.photos import photo_url
from antenne.community.states import Bell
from antenne.web.community import linking
from antenne.web.community.block import FollowBlock, LikeBlock
from antenne.web.community.words import comment_html
from antenne.web.components.comments import Reading, comment_item

if TYPE_CHECKING:
    from uuid import UUID

    from antenne.catalog.models import Video
    from antenne.community.models import Follow, Post, PostPhoto
    from antenne.community.selectors.comments import CommentSeen
    from antenne.community.selectors.posts import PostSeen
    from antenne.web.cards import Card
    from antenne.web.community.linking import LinkedPage

register = template.Library()


@register.simple_tag(takes_context=True)
def comment_row(context: dict[str, Any], seen: CommentSeen, *, alone: bool = False) -> SafeString:
    """Show one comment; *alone* on a thread's page, which lists the answers itself."""
    viewer = context.get("viewer")
    reading = Reading(
        viewer=viewer,
        place=context.get("place"),
        token=str(context.get("csrf_token") or "") if viewer else "",
        edge=context["edge"],
        alone=alone,
    )
    return comment_item(seen, reading)


@register.filter
def post_like_button(seen: PostSeen) -> LikeBlock:
    """Return what components/like.html shows for a post."""
    url = reverse("post_like", args=[seen.post.public_id])
    return LikeBlock(url=url, on=seen.liked, count=seen.likes, small=True)


@register.filter
def prose_plain(text: str) -> SafeString:
    """Return the text of a post with its addresses as links."""
    return comment_html(text)


@register.simple_tag(takes_context=True)
def photo_image(context: dict[str, Any], photo: PostPhoto, post: Post) -> SafeString:
    """Show a picture of a post."""
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        photo_url(photo, post, edge=context["edge"]),
        photo.alt,
        photo.width_px,
        photo.height_px,
    )


@register.simple_tag(takes_context=True)
def linked_page(context: dict[str, Any], seen: PostSeen) -> LinkedPage | None:
    """Return what components/link_card.html shows of the page that a post links to."""
    if seen.link is None:
        return None
    beside = bool(seen.photos)
    return linking.linked_page(seen.link, seen.post, edge=context["edge"], beside=beside)


@register.simple_tag(takes_context=True)
def card_of(context: dict[str, Any], video: Video) -> Card | None:
    """Return the card of a video that a post of this page shows."""
    cards: dict[UUID, Card] = context.get("cards") or {}
    return cards.get(video.pk) if cards else None


@register.filter
def follow_button(follow: Follow, count: int) -> FollowBlock:
    """Return what components/follow.html shows for a channel that one follows."""
    return FollowBlock(
        url=reverse("follow", args=[follow.channel.handle]),
        following=True,
        silent=follow.bell == Bell.NONE,
        own=False,
        count=count,
        name=follow.channel.name,
    )
