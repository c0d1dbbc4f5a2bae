"""Publishing words and pictures for a channel, and discussing in a group."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.sight import SightRefused, video_open
from antenne.catalog.selectors.teams import may_edit
from antenne.catalog.services.channel_pictures import picture_refused_words
from antenne.catalog.states import Audience, Visibility
from antenne.community.models import (
    Comment,
    Group,
    GroupMember,
    LinkCard,
    Notification,
    Post,
    PostPhoto,
    PostSearch,
)
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.groups import groups_check, role_in
from antenne.community.selectors.posts import post_open, posts_check
from antenne.community.states import INSIDE, Joining, Role
from antenne.community.wording import text_clean
from antenne.custody.selectors import region_home
from antenne.ffmpeg.posters import Photo, PosterRefused, photo_read
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import public_id_new
from antenne.kernel.rate import Rate, rate_spend
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.wording import one_line

POST_RATE = Rate("community.post", limit=20, window_s=3600)
BODY_MAX_CHARS = 10_000
PHOTOS_MAX = 10
PHOTO_LONGEST_PX = 2048


@dataclass(frozen=True, slots=True)
class Brought:
    """A picture that somebody brings, and what it shows in words."""

    data: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a post says; *video* is the public id of one that it shows, or nothing."""

    body: str = ""
    title: str = ""
    video: str = ""
    photos: tuple[Brought, ...] = ()


def channel_post(*, by: Person, channel: Channel, words: Words) -> Post:
    """Publish a post in a channel that *by* may edit; raise `NotFound` for any other."""
    posts_check()
    if not may_edit(by, channel):
        raise NotFound(channel.handle)
    return _publish(by, words, channel=channel)


def group_post(*, by: Person, group: Group, words: Words) -> Post:
    """Begin a discussion in a group that *by* belongs to."""
    groups_check()
    if role_in(by, group) not in INSIDE:
        raise CommunityRefused(_("Join the group first."))
    return _publish(by, words, group=group)


def _publish(
    by: Person, words: Words, *, channel: Channel | None = None, group: Group | None = None
) -> Post:
    body = _body_clean(words)
    video = _video(words.video, by=by)
    rate_spend(POST_RATE, str(by.pk))
    photos = [_photo(brought) for brought in words.photos]
    closed = group is not None and group.joining == Joining.APPROVAL
    home = channel.home if channel else (group.home if group else by.home)
    with transaction.atomic():
        post = Post.objects.create(
            public_id="p" + public_id_new(region_home().digit)[1:],
            home=home,
            audience=Audience.OWNERS if closed else Audience.EVERYBODY,
            channel=channel,
            group=group,
            person=by,
            title=one_line(words.title)[:200],
            body=body,
            video=video,
        )
        _photos_keep(post, photos, words.photos)
        fact_record(Fact("post.published", {"post": str(post.pk)}))
    return post


def _body_clean(words: Words) -> str:
    if len(words.body) > 4 * BODY_MAX_CHARS:
        raise CommunityRefused(_("This post is too long."))
    body = text_clean(words.body)
    if len(body) > BODY_MAX_CHARS:
        raise CommunityRefused(_("This post is too long."))
    if not body and not words.photos:
        raise CommunityRefused(_("Write something, or add a picture."))
    if len(words.photos) > PHOTOS_MAX:
        raise CommunityRefused(_("A post has at most ten pictures."))
    return body


def _video(public_id: str, *, by: Person) -> Video | None:
    """Return the public video that a post shows."""
    wanted = one_line(public_id).rpartition("/")[2]
    if not wanted:
        return None
    try:
        video = video_open(wanted, viewer=by)
    except SightRefused as error:
        raise CommunityRefused(_("There is no such video.")) from error
    if video.visibility != Visibility.PUBLIC:
        raise CommunityRefused(_("Only a public video can be shown in a post."))
    return video


def _photo(brought: Brought) -> Photo:
    try:
        return photo_read(brought.data, longest_px=PHOTO_LONGEST_PX)
    except PosterRefused as error:
        raise CommunityRefused(picture_refused_words(error)) from error


def _photos_keep(post: Post, photos: list[Photo], brought: tuple[Brought, ...]) -> None:
    """Write pictures beside the media; what a rolled-back post leaves lies unseen."""
    storage = storage_open(environment())
    for position, photo in enumerate(photos):
        row = PostPhoto(
            home=post.home,
            post=post,
            position=position,
            width_px=photo.width_px,
            height_px=photo.height_px,
            alt=one_line(brought[position].alt)[:500],
        )
        row.path = f"{row.pk.hex}.webp"
        storage.put(f"media/{post.public_id}/{row.path}", photo.data)
        row.save(force_insert=True)


@transaction.atomic
def post_edit(*, by: Person, public_id: str, body: str) -> Post:
    """Change the words of one's own post; it is shown as edited."""
    post, _kept = post_open(public_id, viewer=by)
    if post.person_id != by.pk or post.removed:
        raise NotFound(public_id)
    photos = (Brought(b""),) if PostPhoto.objects.filter(post=post).exists() else ()
    post.body = _body_clean(Words(body=body, photos=photos))
    post.edited_at = now()
    post.save(update_fields=["body", "edited_at"])
    fact_record(Fact("post.edited", {"post": str(post.pk)}))
    return post


@transaction.atomic
def post_remove(*, by: Person, public_id: str) -> Post:
    """Remove a post of one's own, or of a channel or group that one keeps.

    A discussion that others have answered loses the words of whoever began it, and goes on;
    those who lead the group remove it whole.
    """
    post, kept = post_open(public_id, viewer=by)
    if not kept and post.person_id != by.pk:
        raise NotFound(public_id)
    if post.group_id is not None and not kept and post_answered(post):
        post_empty(post=post)
    else:
        post_discard(post=post)
    return post


def post_answered(post: Post) -> bool:
    """Say whether anybody else has said something under a post."""
    said = Comment.objects.filter(subject=post.pk, removed=False)
    return said.exclude(person=post.person_id).exists()


@transaction.atomic
def post_discard(*, post: Post) -> None:
    """Delete a post; what hangs on it goes in the background."""
    gone, _rows = Post.objects.filter(pk=post.pk).delete()
    if gone:
        fact_record(Fact("post.removed", {"post": str(post.pk), "public_id": post.public_id}))


@transaction.atomic
def post_empty(*, post: Post) -> None:
    """Erase what began a discussion; its place stays, and is its group's owner's from now on."""
    owners = GroupMember.objects.filter(group=post.group_id, role=Role.OWNER)
    keeper = owners.values_list("person", flat=True).first() or post.person_id
    emptied = {"person": keeper, "title": "", "body": "", "video": None, "removed": True}
    Post.objects.filter(pk=post.pk).update(**emptied)
    PostPhoto.objects.filter(post=post).delete()
    LinkCard.objects.filter(post=post).delete()
    PostSearch.objects.filter(post=post).delete()
    Notification.objects.filter(post=post, comment=None).delete()
    fact_record(Fact("post.emptied", {"public_id": post.public_id}))


def post_clear(*, public_id: str) -> None:
    """Delete the pictures of a post that is gone or was emptied."""
    storage_open(environment()).delete_prefix(f"media/{public_id}")
