"""Who leaves takes nothing from others: places stay, counters are right, no column names them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection
from PIL import Image

from antenne.accounts.models import Erasure, Person, User
from antenne.accounts.services import access_token_create, avatar_bring, profile_edit
from antenne.accounts.services.leaving import erasures_begin, person_erase
from antenne.audience.models import History, Watch
from antenne.catalog.models import Channel, Invitation, Member, PlaylistItem, Video
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.services import leaving as catalog_leaving
from antenne.catalog.services.playlists import playlist_editor_add, playlist_item_add
from antenne.catalog.services.teams import invitation_accept, member_invite
from antenne.catalog.states import TeamRole
from antenne.community.models import Comment, CommentRuling, Group, GroupMember, Post
from antenne.community.selectors.comments import answers_page, comments_page
from antenne.community.selectors.places import place_of_post, place_of_video
from antenne.community.services import leaving as community_leaving
from antenne.community.services.blocks import person_block
from antenne.community.services.comments import comment_create
from antenne.community.services.follows import channel_follow
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.likes import comment_like, video_like
from antenne.community.services.posts import Brought, Words, channel_post, group_post
from antenne.custody.ownership import PERSON, USER, naming
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.moderation.models import Report
from antenne.moderation.services import leaving as moderation_leaving
from antenne.moderation.services.people import person_quota_set
from antenne.moderation.services.reports import Notice, report_create
from antenne.pipeline.models import Upload
from antenne.pipeline.services import clearing
from antenne.pipeline.stages.upload import upload_begin_for
from antenne.syndication.models import FeedSource, Webhook
from antenne.syndication.services.webhooks import webhook_create
from tests.accounts.traces import traces_of
from tests.audience.watching import Page, taken
from tests.cast import login_of
from tests.factories.catalog import video_of
from tests.factories.community import comment_make
from tests.factories.playlists import playlist_make, titles_of
from tests.pipeline.draining import ALL, drain
from tests.web.pages import client_of

STEPS: tuple[Callable[..., None], ...] = (
    catalog_leaving.person_leave,
    community_leaving.person_leave,
    clearing.person_clear,
    moderation_leaving.person_unname,
    person_erase,
)


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (400, 400), "#336699").save(kept, "PNG")
    return kept.getvalue()


def leave(person: Person) -> None:
    """Have somebody's fortnight be over."""
    user = login_of(person)
    Erasure.objects.create(home=user.home, user=user, due_at=now())
    erasures_begin()


def counted(subject: UUID, kind: str) -> int:
    return tallies_of([subject])[subject].get(kind, 0)


def said(post: Post, by: Person, body: str) -> Comment:
    return comment_create(by=by, place=place_of_post(post.public_id, viewer=by), body=body)


def team_join(channel: Channel, person: Person, role: str = TeamRole.MANAGER) -> None:
    asked = member_invite(by=channel.person, handle=channel.handle, whom=person.handle, role=role)
    invitation_accept(by=person, invitation_id=asked.pk)


@pytest.fixture
def boats(bob: Person) -> Video:
    """Bob's video, under which everybody talks."""
    return video_of(bob, title="Boats")


def test_answers_of_others_stay_under_an_empty_place(
    alice: Person, bob: Person, charlie: Person, boats: Video
) -> None:
    root = comment_make(boats, by=alice, body="Alice begins.")
    comment_make(boats, by=alice, body="Alice goes on.", reply_to=root)
    answer = comment_make(boats, by=bob, body="Bob answers.", reply_to=root)
    comment_make(boats, by=alice, body="Alone.")
    mine = comment_make(boats, by=charlie, body="Charlie too.")
    comment_like(by=alice, comment=mine, home=boats.home, on=True)
    assert counted(boats.pk, "comments") == 5

    leave(alice)
    drain((*ALL, "mail"))

    place = place_of_video(boats.public_id, viewer=bob)
    page = comments_page(place, viewer=bob)
    emptied = next(seen.comment for seen in page.items if seen.comment.pk == root.pk)
    assert {seen.comment.body for seen in page.items} == {"", "Charlie too."}
    assert (emptied.removed, emptied.person_id) == (True, None)
    answers, _next = answers_page(emptied, place, viewer=bob)
    assert [seen.comment.pk for seen in answers] == [answer.pk]
    assert CommentRuling.objects.get(pk=root.pk).replies == 1
    assert (page.total, counted(mine.pk, "likes")) == (2, 0)
    assert "removed" in client_of(None).get(f"/comments/{root.pk}").content.decode()


def test_a_discussion_goes_on_without_whoever_began_it(
    alice: Person, bob: Person, charlie: Person
) -> None:
    group = group_create(by=alice, name="Lighthouses")
    group_join(by=bob, group=group)
    group_join(by=charlie, group=group)
    photos = (Brought(picture(), "Alice at dawn"),)
    words = Words("Alice asks.", title="Alice's question", photos=photos)
    talk, alone = (group_post(by=alice, group=group, words=words) for _number in range(2))
    answer = said(talk, bob, "Bob knows.")

    leave(alice)
    drain((*ALL, "mail"))

    kept = Post.objects.get()
    assert (kept.pk, kept.body, kept.title, kept.removed) == (talk.pk, "", "", True)
    assert kept.person_id == bob.pk
    assert GroupMember.objects.get(group=group, role="owner").person_id == bob.pk
    assert Comment.objects.get() == answer
    for post in (talk, alone):
        assert not list(storage_open(environment()).list(f"media/{post.public_id}"))
    page = client_of(None).get(f"/p/{talk.public_id}").content.decode()
    assert "What began this discussion was removed." in page
    assert "Bob knows." in page


def test_a_group_of_one_goes_with_its_owner(alice: Person, bob: Person) -> None:
    group = group_create(by=alice, name="Lighthouses")
    group_post(by=alice, group=group, words=Words("Anybody?", title="Hello"))

    leave(alice)
    drain((*ALL, "mail"))

    assert not Group.objects.exists()
    assert not Post.objects.exists()


def test_what_was_done_for_a_team_is_the_channels(
    alice: Person, bob: Person, charlie: Person, boats: Video
) -> None:
    channel = boats.channel
    team_join(channel, alice)
    post = channel_post(by=alice, channel=channel, words=Words("News of boats."))
    hook = webhook_create(
        by=alice, handle=channel.handle, url="https://a.example/", events=["video.published"]
    )
    source = FeedSource.objects.create(
        home=channel.home, channel=channel, person=alice, url="https://b.example/feed"
    )
    upload = upload_begin_for(
        by=alice, filename="boat.mp4", size_bytes=1000, handle=channel.handle
    ).upload
    asked = member_invite(by=alice, handle=channel.handle, whom="charlie", role=TeamRole.EDITOR)

    leave(alice)
    drain((*ALL, "mail"))

    assert Post.objects.get(pk=post.pk).person_id == bob.pk
    assert Webhook.objects.get(pk=hook.pk).person is None
    assert FeedSource.objects.get(pk=source.pk).person is None
    assert Upload.objects.get(pk=upload.pk).person_id == bob.pk
    assert Invitation.objects.get(pk=asked.pk).invited_by_id == bob.pk
    assert not Member.objects.exists()


def test_a_list_of_somebody_else_keeps_what_was_added(
    alice: Person, bob: Person, boats: Video
) -> None:
    shared = playlist_make(bob, title="Together")
    playlist_editor_add(by=bob, public_id=shared.public_id, handle=alice.handle)
    playlist_item_add(by=alice, public_id=shared.public_id, video=boats.public_id)
    mine = playlist_make(alice, boats, title="Alice's boats")

    leave(alice)
    drain((*ALL, "mail"))

    assert titles_of(shared, bob) == ["Boats"]
    assert PlaylistItem.objects.get().person_id == bob.pk
    assert client_of(None).get(f"/playlists/{mine.public_id}").status_code == 404


def test_a_removed_channel_takes_its_posts_with_pictures_and_comments(
    alice: Person, bob: Person, channel: Channel
) -> None:
    post = channel_post(
        by=alice, channel=channel, words=Words("Look.", photos=(Brought(picture()),))
    )
    said(post, bob, "Lovely.")

    leave(alice)
    drain((*ALL, "mail"))

    assert not Post.objects.exists()
    assert not Comment.objects.exists()
    assert not list(storage_open(environment()).list(f"media/{post.public_id}"))


def lived(alice: Person, bob: Person, mona: Person, boats: Video) -> tuple[str, ...]:
    """Let Alice do everything there is, and return the words that name her."""
    profile_edit(by=alice, name="Alice Heron", handle="alice-h", about="Heronry")
    avatar_bring(by=alice, data=picture())
    alice.refresh_from_db()
    video = video_of(alice, title="Heronry swans")
    access_token_create(user=login_of(alice), name="Heronry")
    passkey = Authenticator.Type.WEBAUTHN
    Authenticator.objects.create(user=login_of(alice), type=passkey, data={"name": "Heronry"})
    client_of(alice).get("/account/sessions")
    upload_begin_for(by=alice, filename="Heronry.mp4", size_bytes=1000)
    comment_make(boats, by=alice, body="Heronry says.")
    channel_follow(by=alice, channel=boats.channel)
    channel_follow(by=bob, channel=video.channel)
    video_like(by=alice, video=boats, on=True)
    person_block(by=bob, handle="alice-h")
    taken(*Page(boats, viewer=alice).watch(10_000))
    report_create(by=alice, kind="video", key=boats.public_id, notice=Notice("spam"))
    report_create(by=bob, kind="person", key="alice-h", notice=Notice("spam"))
    report_create(by=bob, kind="video", key=video.public_id, notice=Notice("spam"))
    person_quota_set(by=mona, handle="alice-h", quota_bytes=10**9)
    return (str(alice.pk), str(alice.user_id), "alice@", "alice-h", "Heron")


def test_no_column_names_them_and_others_are_whole(
    alice: Person, bob: Person, mona: Person, boats: Video
) -> None:
    words = lived(alice, bob, mona, boats)
    assert {"accounts.Person", "audience.Watch", "custody.AuditEntry"} <= set(traces_of(*words))

    leave(alice)
    drain((*ALL, "mail"))

    assert naming(PERSON, alice.pk) == naming(USER, login_of(alice).pk) == []
    assert traces_of(*words) == []
    assert Video.objects.get() == boats
    assert {row.subject_id: row.by_id for row in Report.objects.all()}[boats.pk] is None
    assert Watch.objects.get().counted
    assert (counted(boats.pk, "likes"), counted(boats.pk, "comments")) == (0, 0)
    assert counted(boats.channel_id, "followers") == 0
    assert not History.objects.exists()


@pytest.mark.parametrize("killed_after", range(len(STEPS)))
def test_killed_half_way_and_run_again_it_comes_to_the_same(
    alice: Person, bob: Person, mona: Person, boats: Video, killed_after: int
) -> None:
    root = comment_make(boats, by=alice, body="Heronry begins.")
    comment_make(boats, by=bob, body="Bob answers.", reply_to=root)
    words = lived(alice, bob, mona, boats)
    leave(alice)

    for step in STEPS[: killed_after + 1]:
        step(person_id=alice.pk)
    drain((*ALL, "mail"))

    assert traces_of(*words) == []
    assert counted(boats.pk, "comments") == 1
    assert Comment.objects.filter(removed=True, person=None).count() == 1
    assert not User.objects.filter(email="alice@example.org").exists()


def test_an_erasure_that_was_given_up_is_begun_again(alice: Person) -> None:
    leave(alice)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    erasures_begin()
    assert drain((*ALL, "mail")) == 0

    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        erasures_begin()
        drain((*ALL, "mail"))

    assert not Person.objects.exists()
