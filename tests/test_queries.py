"""A list costs the same number of queries for 3 rows and for 30."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person, Preferences
from antenne.catalog.models import Caption, Channel, Member, Playlist
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.playlists import playlist_item_add, playlist_later
from antenne.catalog.services.search import channel_index, playlist_index, video_index
from antenne.catalog.services.teams import member_invite
from antenne.community.models import CommentRuling, Group, LinkCard, Post
from antenne.community.services.blocks import channel_block, person_block
from antenne.community.services.follows import channel_follow
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.likes import video_like
from antenne.community.services.posts import Brought, Words, channel_post, group_post
from antenne.community.services.search import search_catch_up
from antenne.community.services.telling import comment_told, video_told
from antenne.kernel.ids import uuid7
from antenne.kernel.models import RateCount
from antenne.kernel.remembering import MEMORY
from antenne.syndication.models import FeedEntry, FeedSource, Webhook
from antenne.syndication.services.webhooks import webhook_create
from tests.audience.watching import Page, taken
from tests.cast import login_of, person_make
from tests.catalog.finding import known, spoken
from tests.community.test_posts import picture
from tests.factories.accounts import token_make
from tests.factories.catalog import caption_make, video_make
from tests.factories.community import comment_make
from tests.factories.moderation import decision_make
from tests.factories.pipeline import unit_given_up, upload_make
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


def _other(channel: Channel, number: int) -> Channel:
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
    made = found(_other(channel, number), number)
    assert isinstance(made, Caption)
    playlist_make(channel.person, made.video, title=f"Birds {number}")
    return comment_make(made.video, by=channel.person, body=f"Swan {number}")


# Address, what its rows are, and who makes one.
LISTS: list[tuple[str, Maker]] = [
    ("/", video),
    ("/", elsewhere),
    ("/c/{channel}", video),
    ("/search?q=swan", found),
    ("/search?q=swan&kind=moment", found),
    ("/search?kind=channel", lambda channel, number: found(_other(channel, number), number)),
    ("/search", found),
    ("/search/suggest?q=swa", found),
    ("/search?q=song&kind=playlist", listed),
    ("/search?kind=playlist", listed),
    ("/search/suggest?q=song", listed),
    ("/api/v1/search?q=song&kind=playlist&size=100", listed),
    ("/trending", found),
    ("/categories", found),
    ("/categories/music", found),
    ("/categories/music?sort=trending", found),
    ("/tag/birds", found),
    ("/channels", lambda channel, number: found(_other(channel, number), number)),
    ("/studio", video),
    ("/u/mona", known_for),
    ("/history", watched),
    ("/studio/channels/{channel}/statistics", watched),
    ("/api/v1/channels/{channel}/statistics", watched),
    ("/feeds/rss.xml", elsewhere),
    ("/sitemaps/news.xml", video),
    ("/sitemaps/channels.xml", elsewhere),
    ("/feeds/channel/{channel}/podcast.xml", video),
    ("/v/{video}", captions),
    ("/v/{video}", video),
    ("/v/{video}", elsewhere),
    ("/v/{video}", comment),
    ("/v/{video}/comments", comment),
    ("/v/{video}/comments?sort=new", answer),
    ("/comments/{thread}", answer),
    ("/liked", like),
    ("/subscriptions", followed),
    ("/subscriptions/channels", followed),
    ("/subscriptions/channels.opml", followed),
    ("/notifications", followed),
    ("/settings/blocks", blocked),
    ("/search?q=swan", blocked),
    ("/c/{channel}/posts", post),
    ("/g/birds", discussion),
    ("/g/birds/members", discussion),
    ("/subscriptions/posts", discussion),
    ("/groups", discussion),
    ("/desk/people", lambda _channel, number: person_make(f"Guest{number}")),
    ("/desk/videos", video),
    ("/api/v1/videos?size=100", video),
    ("/api/v1/videos?size=100", elsewhere),
    ("/api/v1/me/videos?size=100", elsewhere),
    ("/api/v1/me/channels?size=100", elsewhere),
    ("/api/v1/channels?size=100", elsewhere),
    ("/api/v1/channels/{channel}/videos?size=100", video),
    ("/api/v1/videos/{video}/captions", captions),
    ("/api/v1/videos/{video}/playback", captions),
    ("/api/v1/tokens?size=100", token),
    ("/api/v1/videos/{video}/comments?size=100", comment),
    ("/api/v1/comments/{thread}/answers?size=100", answer),
    ("/api/v1/me/follows?size=100", followed),
    ("/api/v1/me/subscriptions?size=100", followed),
    ("/api/v1/me/likes?size=100", like),
    ("/api/v1/me/notifications?size=100", followed),
    ("/api/v1/desk/people?size=100", lambda _channel, number: person_make(f"Guest{number}")),
    ("/api/v1/desk/channels?size=100", elsewhere),
    ("/api/v1/desk/videos?size=100", elsewhere),
    ("/api/v1/desk/comments?size=100", comment),
    ("/api/v1/desk/decisions?size=100", decided),
    ("/api/v1/me/history?size=100", watched),
    ("/api/v1/me/history/begun", watched),
    ("/api/v1/me/later?size=100", later),
    ("/api/v1/me/blocks/people?size=100", blocked_people),
    ("/api/v1/me/blocks/channels?size=100", blocked),
    ("/api/v1/me/decisions?size=100", decided),
    ("/api/v1/channels/{channel}/webhooks?size=100", told),
    ("/api/v1/channels/{channel}/sources?size=100", fed),
    ("/api/v1/me/teams?size=100", elsewhere),
    ("/api/v1/me/invitations?size=100", asked),
    ("/api/v1/channels/{channel}/members?size=100", team),
    ("/api/v1/channels/{channel}/invitations?size=100", team),
    ("/api/v1/videos/{video}/translations", captions),
    ("/api/v1/me/comments/held?size=100", held),
    ("/api/v1/channels/{channel}/posts?size=100", post),
    ("/api/v1/me/posts?size=100", discussion),
    ("/api/v1/groups?size=100", grouped),
    ("/api/v1/groups/birds/posts?size=100", discussion),
    ("/api/v1/groups/birds/members?size=100", discussion),
    ("/api/v1/me/groups?size=100", grouped),
    ("/api/v1/search?kind=post&size=100", discussion),
    ("/api/v1/search?kind=group&size=100", grouped),
    ("/api/v1/uploads?size=100", lambda channel, _number: upload_make(channel)),
    ("/api/v1/jobs/given-up?size=100", lambda channel, _number: unit_given_up(channel)),
]


def of_each_kind(person: Person) -> None:
    """Make one of each kind of thing that a search for geese finds."""
    channel = channel_create(person=person, name="Geese")
    for make in (found, listed, post, discussion):
        RateCount.objects.all().delete()
        make(channel, 9)
    Playlist.objects.update(title="Geese")
    Post.objects.update(title="Geese")
    Group.objects.update(name="Geese")
    channel_index(channel_id=channel.pk)
    for video in channel.videos.all():
        video_index(video_id=video.pk)
    for playlist in Playlist.objects.all():
        playlist_index(playlist_id=playlist.pk)
    search_catch_up()


# The most that pages cost somebody who is signed in and owns what is shown.
MOST = {
    "/": 10,
    "/c/{channel}": 9,
    "/search?q=swan": 10,
    "/search?q=swam": 13,
    "/search?q=geese": 11,
    "/v/{video}": 11,
    "/v/{video}/comments": 7,
    "/api/v1/videos": 5,
    "/api/v1/search?q=swan": 7,
    "/api/v1/channels/{channel}/videos": 5,
    "/api/v1/videos/{video}/comments": 7,
}


# Lists of the API cost programs no more than six.
OF_PROGRAMS = (
    *("/api/v1/videos", "/api/v1/channels", "/api/v1/channels/{channel}/videos"),
    *("/api/v1/videos/{video}/comments", "/api/v1/channels/{channel}/posts"),
    *("/api/v1/groups/birds/posts", "/api/v1/me/posts", "/api/v1/me/videos", "/api/v1/trending"),
)


def queries_of(client: Client, path: str, headers: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = client.get(path, headers=headers)
    assert response.status_code == 200, response.content[:500]
    return len(caught)


# Rows are made once for all the addresses that show them.
SHOWN = {make: [path for path, other in LISTS if other is make] for _path, make in LISTS}


@pytest.mark.parametrize(("make", "paths"), SHOWN.items(), ids=[", ".join(SHOWN[m]) for m in SHOWN])
def test_thirty_rows_cost_what_three_do(mona: Person, make: Maker, paths: list[str]) -> None:
    channel = channel_create(person=mona, name="Birds")
    video_make(channel)
    client = Client()
    client.force_login(login_of(mona))
    for number in range(3):
        make(channel, number)
    found = channel.videos.order_by("pk").first()
    thread = found.comments.order_by("pk").values_list("pk", flat=True).first() if found else None
    public_id = found.public_id if found else ""
    named = {"channel": channel.handle, "video": public_id, "thread": thread}
    addresses = [path.format(**named) for path in paths]
    for address in addresses:
        queries_of(client, address)  # what is remembered for good is not counted

    few = {address: queries_of(client, address) for address in addresses}
    for number in range(3, 30):
        make(channel, number)

    assert {address: queries_of(client, address) for address in addresses} == few


@pytest.mark.parametrize(("path", "most"), MOST.items())
def test_a_page_costs_so_many_queries_at_most(
    mona: Person, monkeypatch: pytest.MonkeyPatch, path: str, most: int
) -> None:
    monkeypatch.setattr(MEMORY, "on", True)
    monkeypatch.setattr("antenne.kernel.remembering.monotonic", lambda: 0.0)
    channel = channel_create(person=mona, name="Birds")
    for number in range(4):
        found(channel, number)
        comment(channel, number)
    of_each_kind(mona)
    client = Client()
    client.force_login(login_of(mona))
    first = channel.videos.order_by("pk").first()
    assert first is not None
    address = path.format(channel=channel.handle, video=first.public_id)
    queries_of(client, address)

    assert queries_of(client, address) <= most


@pytest.mark.parametrize("path", OF_PROGRAMS)
def test_a_list_costs_a_program_six_queries_at_most(
    mona: Person, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(MEMORY, "on", True)
    monkeypatch.setattr("antenne.kernel.remembering.monotonic", lambda: 0.0)
    channel = channel_create(person=mona, name="Birds")
    for number in range(3):
        found(channel, number)
        comment(channel, number)
        post(channel, number)
        discussion(channel, number + 10)
    headers = {"Authorization": f"Bearer {token_make(mona)}"}
    first = channel.videos.order_by("pk").first()
    assert first is not None
    address = path.format(channel=channel.handle, video=first.public_id)
    queries_of(Client(), address, headers)

    assert queries_of(Client(), address, headers) <= 6
