"""Cards of the pages that posts link to: asked once, kept here, gone when they should be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Playlist, Video
from antenne.community.models import LinkCard, Post
from antenne.community.selectors.places import place_of_post
from antenne.community.selectors.posts import PostSeen, post_open, posts_seen
from antenne.community.services.comments import comment_create
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.posts import (
    Words,
    channel_post,
    group_post,
    post_edit,
    post_remove,
)
from antenne.community.tasks import post_link
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from tests.community.test_posts import picture
from tests.factories.playlists import playlist_make
from tests.pipeline.draining import drain
from tests.sites import Site, moved, page, status

HEAD = (
    "<title>{}</title><meta name=description content='<b>All</b> of them'>"
    "<meta property=og:image content=/lamp>"
)


def said(title: str = "Lights") -> Callable[..., None]:
    return page(HEAD.format(title).encode(), "text/html; charset=utf-8")


@pytest.fixture
def lights(own: Site) -> Site:
    """A site with a page about lights, and a picture of a lamp."""
    own.pages |= {"/lights": said(), "/lamp": page(picture(800, 400), "image/png")}
    return own


def publish(channel: Channel, body: str) -> Post:
    made = channel_post(by=channel.person, channel=channel, words=Words(body))
    drain(("facts", "push", "short"))
    return made


def seen(post: Post) -> PostSeen:
    return posts_seen([post_open(post.public_id, viewer=None)[0]], viewer=None)[0]


def pictures_of(post: Post) -> list[str]:
    return [row.key for row in storage_open(environment()).list(f"media/{post.public_id}")]


def test_a_linked_page_is_shown_with_a_picture_of_our_own(channel: Channel, lights: Site) -> None:
    post = publish(channel, f"Look: {lights.url('/lights')}, and {lights.url('/other')}")

    card = LinkCard.objects.get()
    html = Client().get(f"/p/{post.public_id}").content.decode()
    assert (card.title, card.about) == ("Lights", "<b>All</b> of them")
    assert (card.width_px, card.height_px) == (800, 400)
    assert pictures_of(post) == [f"media/{post.public_id}/{card.path}"]
    assert lights.asked == ["/lights", "/lamp"]
    assert "&lt;b&gt;All&lt;/b&gt; of them" in html
    assert f"/{card.path}" in html
    assert lights.url("/lamp") not in html


def test_running_twice_asks_once(channel: Channel, lights: Site) -> None:
    post = publish(channel, lights.url("/lights"))

    post_link(post=str(post.pk))

    assert lights.asked == ["/lights", "/lamp"]


def test_an_edit_asks_anew_and_leaves_no_picture_behind(channel: Channel, lights: Site) -> None:
    post = publish(channel, lights.url("/lights"))
    lights.pages |= {"/lights": said("Lamps"), "/lamp": page(picture(64, 64), "image/png")}

    post_edit(by=channel.person, public_id=post.public_id, body=f"{lights.url('/lights')} again")
    drain(("facts", "push"))

    card = LinkCard.objects.get()
    assert (card.title, card.width_px) == ("Lamps", 64)
    assert pictures_of(post) == [f"media/{post.public_id}/{card.path}"]


@pytest.mark.parametrize("body", ["Nothing any more.", "http://127.0.0.1:1/gone"])
def test_a_link_that_is_gone_takes_its_card_along(
    channel: Channel, lights: Site, body: str
) -> None:
    post = publish(channel, lights.url("/lights"))

    post_edit(by=channel.person, public_id=post.public_id, body=body)
    drain(("facts", "push"))

    assert not LinkCard.objects.exists()
    assert pictures_of(post) == []


def test_what_fails_shows_nothing(channel: Channel, own: Site) -> None:
    own.pages |= {
        "/gone": status(404),
        "/film": page(b"<title>Lights</title>"),
        "/nameless": page(b"<p>Lights", "text/html"),
        "/round": moved("/round"),
        "/away": moved("file:///etc/passwd"),
    }
    for path in [*own.pages, "/missing"]:
        publish(channel, own.url(path))

    assert not LinkCard.objects.exists()


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"GIF89a", "image/png"), (b"<svg/>", "image/svg+xml"), (b"x" * 4_100_000, "image/png")],
)
def test_a_picture_that_cannot_be_kept_is_left_out(
    channel: Channel, lights: Site, data: bytes, kind: str
) -> None:
    lights.pages["/lamp"] = page(data, kind)

    post = publish(channel, lights.url("/lights"))

    assert (LinkCard.objects.get().title, LinkCard.objects.get().path) == ("Lights", "")
    assert pictures_of(post) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254"])
def test_what_only_this_machine_can_see_is_not_asked(channel: Channel, host: str) -> None:
    publish(channel, f"http://{host}:9000/admin")

    assert not LinkCard.objects.exists()


def test_a_page_of_ours_is_pointed_at_without_asking(
    channel: Channel, video: Video, alice: Person, own: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTENNE_PUBLIC_URL", own.url(""))
    environment.cache_clear()
    listed = playlist_make(alice, video, title="Evenings")

    shown = [
        seen(publish(channel, own.url(path)))
        for path in (f"/v/{video.public_id}?t=3", f"/c/{channel.handle}/about",
                     f"/playlists/{listed.public_id}", "/search?q=a", "/nowhere", "/v/x0000000")
    ]  # fmt: skip

    assert own.asked == []
    assert [one.video for one in shown] == [video, None, None, None, None, None]
    links = [one.link and (one.link.channel, one.link.playlist) for one in shown]
    assert links == [None, (channel, None), (None, listed), None, None, None]


def test_what_is_no_longer_everybodys_is_not_shown(
    channel: Channel, video: Video, alice: Person, own: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTENNE_PUBLIC_URL", own.url(""))
    environment.cache_clear()
    listed = playlist_make(alice, video, title="Evenings")
    paths = (f"/v/{video.public_id}", f"/playlists/{listed.public_id}")
    posts = [publish(channel, own.url(path)) for path in paths]

    Video.objects.update(visibility="private", audience="owners")
    Playlist.objects.update(visibility="private", audience="owners")

    assert [(seen(post).video, seen(post).link) for post in posts] == [(None, None)] * 2
    page_shown = Client().get(f"/c/{channel.handle}/posts").content.decode()
    assert "Evenings" not in page_shown
    assert video.title not in page_shown


def test_nothing_is_left_of_the_card_of_a_post_that_is_gone(
    channel: Channel, lights: Site, alice: Person, bob: Person
) -> None:
    alone = publish(channel, lights.url("/lights"))
    group = group_create(by=alice, name="Harbours")
    group_join(by=bob, group=group)
    talk = group_post(by=bob, group=group, words=Words(lights.url("/lights")))
    drain(("facts", "push"))
    comment_create(by=alice, place=place_of_post(talk.public_id, viewer=alice), body="Yes.")
    assert LinkCard.objects.count() == 2

    post_remove(by=alice, public_id=alone.public_id)
    post_remove(by=bob, public_id=talk.public_id)
    drain(("facts", "push", "short"))

    assert not LinkCard.objects.exists()
    assert pictures_of(alone) + pictures_of(talk) == []


def test_operators_switch_it_off(channel: Channel, lights: Site, mona: Person) -> None:
    post = publish(channel, lights.url("/lights"))
    assert seen(post).link

    setting_write(value=FeatureSettings(link_cards=False), by=mona.pk)
    publish(channel, lights.url("/lights?again"))

    assert lights.asked == ["/lights", "/lamp"]
    assert seen(post).link is None
    assert "link-card" not in Client().get(f"/c/{channel.handle}/posts").content.decode()
