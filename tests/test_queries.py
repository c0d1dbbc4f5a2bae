"""A list costs the same number of queries for 3 rows and for 30."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from antenne.accounts.models import Person
from antenne.catalog.models import Playlist
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.search import channel_index, playlist_index, video_index
from antenne.community.models import Group, Post
from antenne.community.services.search import search_catch_up
from antenne.kernel.models import RateCount
from antenne.kernel.remembering import MEMORY
from tests.cast import login_of, person_make
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make
from tests.factories.pipeline import unit_given_up, upload_make
from tests.factories.rows import (
    Maker,
    another,
    answer,
    asked,
    blocked,
    blocked_people,
    captions,
    comment,
    decided,
    discussion,
    elsewhere,
    fed,
    followed,
    found,
    grouped,
    held,
    known_for,
    later,
    like,
    listed,
    post,
    team,
    token,
    told,
    video,
    watched,
)

# Address, what its rows are, and who makes one.
LISTS: list[tuple[str, Maker]] = [
    ("/", video),
    ("/", elsewhere),
    ("/c/{channel}", video),
    ("/search?q=swan", found),
    ("/search?q=swan&kind=moment", found),
    ("/search?kind=channel", lambda channel, number: found(another(channel, number), number)),
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
    ("/channels", lambda channel, number: found(another(channel, number), number)),
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
    for shown in channel.videos.all():
        video_index(video_id=shown.pk)
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
