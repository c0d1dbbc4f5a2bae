"""The card of the first page that a post links to: asked once, in the background, and kept here.

Readers never call the other site: its picture is decoded and written anew beside the post's own.
"""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.community.linked import NOTHING, Said, address_ascii, page_read
from antenne.community.models import LinkCard, Post
from antenne.community.selectors.links import ours_at
from antenne.community.wording import link_first
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.ffmpeg.posters import Photo, PosterRefused, photo_read
from antenne.kernel.environment import environment
from antenne.kernel.rate import Rate, RateExceeded, rate_spend
from antenne.kernel.storage.opening import storage_open
from antenne.processes.web import WebAnswer, WebBounds, WebQuestion, WebRefused, web_ask

_RATE: Final = Rate("community.link", limit=40, window_s=3600)
_PAGE_MAX_BYTES: Final = 512 * 1024
_PICTURE_MAX_BYTES: Final = 4_000_000
_PICTURE_LONGEST_PX: Final = 1200
_WALL_S: Final = 10.0
_REDIRECTS: Final = 5
_OK: Final = 200


def link_card_make(*, post_id: UUID) -> None:
    """Make the card of a post anew, or take it away where there is nothing to show.

    Running twice asks once: a card as young as the words it is of is left alone.
    """
    post = Post.objects.select_related("link").filter(pk=post_id).first()
    if post is None or not setting_of(FeatureSettings).link_cards:
        return
    url = address_ascii(link_first(post.body))
    made: LinkCard | None = getattr(post, "link", None)
    if made is not None and made.url == url and made.made_at > (post.edited_at or post.created_at):
        return
    ours = ours_at(url)
    said, photo = (NOTHING, None) if ours is not None or not url else _asked(url, by=post.person_id)
    card = LinkCard(post=post, home=post.home, url=url, title=said.title, about=said.about)
    if ours is not None:
        card.video, card.channel, card.playlist = ours.video, ours.channel, ours.playlist
    _card_keep(post, card if said.title or (ours and ours.found) else None, url=url, photo=photo)


def _asked(url: str, *, by: UUID) -> tuple[Said, Photo | None]:
    """Return what a page says of itself and its picture: nothing where it cannot be had."""
    try:
        rate_spend(_RATE, str(by))
        page = _ask(url, accept="text/html,application/xhtml+xml", max_bytes=_PAGE_MAX_BYTES)
    except (RateExceeded, WebRefused):
        return NOTHING, None
    if page.status != _OK:
        return NOTHING, None
    said = page_read(page.body, headers=page.headers, url=page.url)
    return said, _picture(said.picture) if said.title else None


def _picture(url: str) -> Photo | None:
    if not url:
        return None
    accept = "image/webp,image/jpeg,image/png"
    try:
        answer = _ask(url, accept=accept, max_bytes=_PICTURE_MAX_BYTES, cut=False)
        if answer.status != _OK or not answer.headers.get("content-type", "").startswith("image/"):
            return None
        return photo_read(answer.body, longest_px=_PICTURE_LONGEST_PX)
    except (WebRefused, PosterRefused):
        return None


def _ask(url: str, *, accept: str, max_bytes: int, cut: bool = True) -> WebAnswer:
    here = environment()
    agent = f"Antenne/1 (+{here.public_url or here.web_url}; link card)"
    bounds = WebBounds(
        max_bytes=max_bytes,
        wall_s=_WALL_S,
        redirects=_REDIRECTS,
        private=here.import_private,
        cut=cut,
    )
    return web_ask(WebQuestion(url, headers={"Accept": accept, "User-Agent": agent}), bounds)


def _card_keep(post: Post, card: LinkCard | None, *, url: str, photo: Photo | None) -> None:
    """Put the card and its picture in the place of what was there before.

    Where the words have changed meanwhile, or are gone, nothing is written: their own task comes.
    """
    storage, folder = storage_open(environment()), f"media/{post.public_id}"
    if card and photo:
        card.path = f"l{hashlib.sha256(photo.data).hexdigest()[:32]}.webp"
        card.width_px, card.height_px = photo.width_px, photo.height_px
        storage.put(f"{folder}/{card.path}", photo.data)
    written = {card.path} if card else set()
    with transaction.atomic():
        kept = Post.objects.select_for_update(no_key=True).filter(pk=post.pk, removed=False).first()
        before = LinkCard.objects.filter(post=post.pk).first()
        after = before
        if kept is not None and address_ascii(link_first(kept.body)) == url:
            after = card
            LinkCard.objects.filter(post=post.pk).delete()
            if card:
                card.save(force_insert=True)
    in_use = {"", after.path if after else ""}
    for path in (written | {before.path if before else ""}) - in_use:
        storage.delete(f"{folder}/{path}")
