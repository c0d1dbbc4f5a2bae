"""Rows of lists: each function makes one, in a channel or for its owner, as often as asked."""

from __future__ import annotations

from collections.abc import Callable

from antenne.accounts.models import Preferences
from antenne.catalog.models import Caption, Channel, Member
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.playlists import playlist_item_add, playlist_later
from antenne.catalog.services.search import playlist_index
from antenne.catalog.services.teams import member_invite
from antenne.community.models import CommentRuling, Group, LinkCard
from antenne.community.services.blocks import channel_block, person_block
from antenne.community.services.follows import channel_follow
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.likes import video_like
from antenne.community.services.posts import Brought, Words, channel_post, group_post
from antenne.community.services.telling import comment_told, video_told
from antenne.kernel.ids import uuid7
from antenne.kernel.models import RateCount
from antenne.syndication.models import FeedEntry, FeedSource, Webhook
from antenne.syndication.services.webhooks import webhook_create
from tests.audience.watching import Page, taken
from tests.cast import person_make
from tests.catalog.finding import known, spoken
from tests.community.test_posts import picture
from tests.factories.accounts import token_make
from tests.factories.catalog import caption_make, video_make
from tests.factories.community import comment_make
from tests.factories.moderation import decision_make
from tests.factories.playlists import playlist_make

HOOK = "https://example.org/hook"
Maker = Callable[[Channel, int], object]


def video(channel: Channel, number: int) -> object:
    return video_make(channel, title=f"Swan {number}")


def elsewhere(channel: Channel, number: int) -> object:
    return video_make(channel_create(person=channel.person, name=f"Birds {number}"))


def found(channel: Channel, number: int) -> object:
    made = known(channel, f"Swan {number}", category="music", tags=["birds"], language="en")
    return spoken(made, "a swan", "another swan")


def another(channel: Channel, number: int) -> Channel:
    return channel_create(person=channel.person, name=f"Birds {number}")


def captions(channel: Channel, number: int) -> object:
    first = channel.videos.order_by("pk").first() or video_make(channel)
    return caption_make(first, language=f"x{number}", label=f"Track {number}")


def token(channel: Channel, number: int) -> object:
    return token_make(channel.person, f"token {number}")


def comment(channel: Channel, number: int) -> object:
    first = channel.videos.order_by("pk").first() or video_make(channel)
    return comment_make(first, by=person_make(f"Guest{number}"), body=f"Swan {number} @birds 1:02")


def answer(channel: Channel, number: int) -> object:
    first = channel.videos.order_by("pk").first() or video_make(channel)
    root = first.comments.filter(root=None).first() or comment_make(first, by=channel.person)
    guest = person_make(f"Guest{number}")
    return comment_make(first, by=guest, body=f"Swan {number}", reply_to=root)


def like(channel: Channel, number: int) -> object:
    made = video_make(channel, title=f"Swan {number}")
    video_like(by=channel.person, video=made, on=True)
    return made


def watched(channel: Channel, number: int) -> object:
    page = Page(video_make(channel, title=f"Swan {number}"), viewer=channel.person)
    taken(*page.watch(8_000))
    return page


def followed(channel: Channel, number: int) -> object:
    guest = channel_create(person=person_make(f"Guest{number}"), name=f"Geese {number}")
    channel_follow(by=channel.person, channel=guest)
    made = video_make(guest, title=f"Goose {number}")
    video_told(key=made.pk)
    mine = video_make(channel, title=f"Swan {number}")
    comment_told(key=comment_make(mine, by=guest.person, body=f"Goose {number}").pk)
    return made


def blocked(channel: Channel, number: int) -> object:
    guest = channel_create(person=person_make(f"Guest{number}"), name=f"Geese {number}")
    channel_block(by=channel.person, channel=guest)
    return guest


def listed(channel: Channel, number: int) -> object:
    shown = channel.videos.order_by("pk").first() or video_make(channel)
    made = playlist_make(channel.person, shown, title=f"Swan songs {number}")
    playlist_index(playlist_id=made.pk)
    return made


def post(channel: Channel, number: int) -> object:
    photos = (Brought(picture(), "A swan"),)
    shown = channel.videos.order_by("pk").first() or video_make(channel)
    words = Words(f"Swan {number}", video=shown.public_id, photos=photos)
    RateCount.objects.all().delete()
    made = channel_post(by=channel.person, channel=channel, words=words)
    LinkCard.objects.create(post=made, home=made.home, url="https://example.org/", title="Swans")
    return made


def discussion(channel: Channel, number: int) -> object:
    group = Group.objects.first() or group_create(by=channel.person, name="Birds")
    guest = person_make(f"Guest{number}")
    group_join(by=guest, group=group)
    return group_post(by=guest, group=group, words=Words(f"Swan {number}"))


def team(channel: Channel, number: int) -> object:
    RateCount.objects.all().delete()
    guest, other = (person_make(f"{name}{number}") for name in ("Guest", "Other"))
    if number % 2:  # a team has at most fifty people
        member_invite(by=channel.person, handle=channel.handle, whom=other.handle, role="editor")
    return Member.objects.create(home=channel.home, channel=channel, person=guest, role="editor")


def asked(channel: Channel, number: int) -> object:
    other = channel_create(person=person_make(f"Guest{number}"), name=f"Geese {number}")
    whom = channel.person.handle
    return member_invite(by=other.person, handle=other.handle, whom=whom, role="editor")


def later(channel: Channel, number: int) -> object:
    playlist = playlist_later(by=channel.person)
    made = video_make(channel, title=f"Swan {number}")
    return playlist_item_add(by=channel.person, public_id=playlist.public_id, video=made.public_id)


def blocked_people(channel: Channel, number: int) -> object:
    return person_block(by=channel.person, handle=person_make(f"Guest{number}").handle)


def decided(channel: Channel, number: int) -> object:
    RateCount.objects.all().delete()
    made = video_make(channel, title=f"Swan {number}")
    return decision_make(made, by=channel.person, action="sensitive")


def told(channel: Channel, number: int) -> object:
    """Tell addresses of the channel; a channel has at most ten, a list costs the same before."""
    hook = Webhook.objects.first() or webhook_create(
        by=channel.person, handle=channel.handle, url=HOOK, events=["video.removed"]
    )
    hook.pk = uuid7()
    hook.url = f"{HOOK}?{number}"
    hook.save(force_insert=True)
    return hook


def fed(channel: Channel, number: int) -> object:
    source = FeedSource.objects.create(
        home=channel.home, channel=channel, person=channel.person, url=f"{HOOK}?{number}"
    )
    return FeedEntry.objects.create(
        home=source.home, source=source, guid="1", title="One", state="skipped"
    )


def held(channel: Channel, number: int) -> object:
    made = comment(channel, number)
    CommentRuling.objects.update(state="held", cause="review")
    return made


def grouped(channel: Channel, number: int) -> object:
    RateCount.objects.all().delete()
    return group_create(by=channel.person, name=f"Birds {number}")


def known_for(channel: Channel, number: int) -> object:
    """Say something openly, list it, and keep one more channel in which there is something."""
    shown = {"home": channel.home, "comments_shown": True}
    Preferences.objects.update_or_create(person=channel.person, defaults=shown)
    RateCount.objects.all().delete()
    made = found(another(channel, number), number)
    assert isinstance(made, Caption)
    playlist_make(channel.person, made.video, title=f"Birds {number}")
    return comment_make(made.video, by=channel.person, body=f"Swan {number}")
