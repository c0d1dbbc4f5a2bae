"""Tags and filters of comments, likes and subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from antenne.community.selectors.photos import photo_url
from antenne.community.states import Bell
from antenne.web.community.block import FollowBlock, LikeBlock
from antenne.web.community.words import comment_html

if TYPE_CHECKING:
    from antenne.community.models import Follow, Post, PostPhoto
    from antenne.community.selectors.comments import CommentSeen
    from antenne.community.selectors.posts import PostSeen

register = template.Library()
_THOUSAND = 1000
_MILLION = 1_000_000


@register.filter
def said(seen: CommentSeen) -> SafeString:
    """Return the text of a comment with its addresses, moments and people as links."""
    watch_url = reverse("watch", args=[seen.watch]) if seen.watch else ""
    return comment_html(seen.comment.body, watch_url=watch_url, handles=seen.handles)


@register.filter
def like_button(seen: CommentSeen) -> LikeBlock:
    """Return what components/like.html shows for a comment."""
    url = reverse("comment_like", args=[seen.comment.pk])
    return LikeBlock(url=url, on=seen.liked, count=seen.likes, small=True)


@register.filter
def post_like_button(seen: PostSeen) -> LikeBlock:
    """Return what components/like.html shows for a post."""
    url = reverse("post_like", args=[seen.post.public_id])
    return LikeBlock(url=url, on=seen.liked, count=seen.likes, small=True)


@register.filter
def prose_plain(text: str) -> SafeString:
    """Return the text of a post with its addresses as links."""
    return comment_html(text, watch_url="", handles=())


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


@register.filter
def brief(number: int) -> str:
    """Return a number in few signs: 950, 1.2 k, 34 k, 1.5 M."""
    for unit, sign in ((_MILLION, "M"), (_THOUSAND, "k")):
        if number >= unit:
            tenths = number * 10 // unit
            places = 0 if tenths >= 100 or tenths % 10 == 0 else 1  # noqa: PLR2004 - two digits are enough
            return f"{number_format(tenths / 10, places)}\u00a0{sign}"
    return str(number)
