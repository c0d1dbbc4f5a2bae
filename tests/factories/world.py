"""A small site on which every address leads somewhere, and everybody who may come there.

What can be named is Alice's, unless it says otherwise. Mia manages her channel, Eddie edits its
videos, Stan reads its statistics and keeps order in her group, of which Bob is a member; Bob has a
channel of his own, Charlie an account, Mona the keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final
from unittest.mock import patch

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from antenne.accounts.models import DataExport, Person, SignUpRequest
from antenne.accounts.models import Invitation as SiteInvitation
from antenne.accounts.selectors import token_row
from antenne.accounts.services import access_token_touch, invitation_make
from antenne.audience.models import History
from antenne.catalog.models import Channel, Invitation, Member, Video
from antenne.catalog.services.channels import channel_create, channel_default
from antenne.catalog.services.playlists import playlist_editor_add
from antenne.catalog.services.teams import member_invite
from antenne.catalog.services.translations import translation_put
from antenne.catalog.states import TeamRole
from antenne.community.models import GroupMember
from antenne.community.services.blocks import person_block, word_block
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.notifications import notification_send
from antenne.community.services.posts import Words, group_post
from antenne.community.states import Kind
from antenne.custody.models import SettingVersion
from antenne.custody.selectors import REMEMBERED
from antenne.custody.services import setting_write
from antenne.custody.settings import PrivacySettings
from antenne.kernel.storage.local import LocalStorage
from antenne.moderation.services.appeals import appeal_create
from antenne.pipeline.models import Dub
from antenne.pipeline.stages.captions import caption_begin
from antenne.syndication.models import FeedEntry, FeedSource, Webhook
from antenne.syndication.services.webhooks import webhook_try
from tests.cast import login_of, person_make
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make
from tests.factories.community import comment_make
from tests.factories.moderation import decision_make, report_make
from tests.factories.pipeline import unit_given_up, upload_make
from tests.factories.playlists import playlist_make
from tests.journeys.furnishing import furnish
from tests.journeys.places import NOTHING

CAST: Final = ("alice", "mia", "eddie", "stan", "bob", "charlie", "mona", "stranger")
_TEAM: Final = {"mia": "manager", "eddie": "editor", "stan": "statistics"}
# Bob comes with the furniture, for which all others must be there.
_FIRST: Final = tuple(name for name in CAST if name not in {"bob", "stranger"})
# Which of our keys are values of the furniture.
_FURNISHED: Final = {
    "private": "film:private",
    "caption": "studio:caption_id",
    "webhook": "studio:webhook_id",
    "site_webhook": "desk:webhook_id",
    "source": "studio:source_id",
    "post": "p:public_id",
    "ticket": "letters:ticket",
}
# How often somebody asked, and the salt of the day that it is counted with.
_COUNTING: Final = {"audience_salt", "kernel_ratecount"}


@dataclass(frozen=True, slots=True)
class World:
    """Everybody by name (nobody for the stranger) and by access token, the keys of everything."""

    people: dict[str, Person | None]
    tokens: dict[str, str]
    ids: dict[str, str]
    marks: dict[str, str | None]

    def person(self, name: str) -> Person:
        """Return one of those who have an account."""
        found = self.people[name]
        assert found is not None
        return found

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Check that nothing is written inside, or at least nothing that stays."""
        before = written()
        yield
        if written() != before:
            changed = {name for name, mark in marks().items() if mark != self.marks[name]}
            assert changed == set()


def world_make() -> World:
    """Make the site; its region is there."""
    people = {name: person_make(name.capitalize(), operator=name == "mona") for name in _FIRST}
    alice, channel = people["alice"], channel_default(person=people["alice"])
    for name, role in _TEAM.items():
        Member.objects.create(home=channel.home, channel=channel, person=people[name], role=role)
    video = video_make(channel)
    caption_begin(by=alice, public_id=video.public_id, language="en")
    furnished = _furnished(video)
    people["bob"] = Person.objects.get(handle="bob")
    channel_create(person=people["bob"], name="Geese")
    ids = {
        "channel": channel.handle,
        "public": video.public_id,
        "public_key": str(video.pk),
        **{name: furnished[key] for name, key in _FURNISHED.items()},
        "stan": str(people["stan"].pk),
        "person": "charlie",
        "language": "fr",
        "setting": PrivacySettings.KEY,
        **_on_video(video, people),
        **_kept_by(alice, video, people),
        **_team(channel, people),
        **_told(alice),
        **_ruled(channel, people),
        **_written(people),
        **_run(channel, people["mona"]),
    }
    tokens = {name: _token_used(person) for name, person in people.items()}
    everybody = {**people, "stranger": None}
    return World(everybody, {**tokens, "stranger": ""}, ids, marks())


def _token_used(person: Person) -> str:
    """Return a token that was used just now: its next use writes nothing."""
    secret = token_make(person)
    access_token_touch(token=token_row(secret))
    return secret


def _furnished(video: Video) -> dict[str, str]:
    """Furnish as the journeys do; what they have is not made here again."""
    said = furnish(email="alice@example.org", film=video.public_id, operator="mona@example.org")
    values: dict[str, str] = json.loads(said)
    return values


def _on_video(video: Video, people: dict[str, Person]) -> dict[str, str]:
    alice = people["alice"]
    translation_put(by=alice, public_id=video.public_id, language="fr", title="Cygnes")
    dub = Dub.objects.create(
        home=video.home,
        person=alice,
        video=video,
        language="fr",
        label="Français",
        filename="fr.m4a",
        size_bytes=1000,
    )
    return {
        "upload": str(upload_make(video.channel).pk),
        "sound": str(dub.pk),
        "comment": str(comment_make(video, by=people["charlie"]).pk),
    }


def _kept_by(alice: Person, video: Video, people: dict[str, Person]) -> dict[str, str]:
    playlist = playlist_make(alice, video, visibility="private")
    playlist_editor_add(by=alice, public_id=playlist.public_id, handle=people["eddie"].handle)
    token_make(alice, "kept")
    History.objects.create(home=alice.home, person=alice, video=video, at=datetime.now(tz=UTC))
    notification_send(to=alice, kind=Kind.ACCOUNT, key="one", note="Welcome", path="/account")
    block = person_block(by=alice, handle=people["bob"].handle)
    word_block(by=alice, word="goose")
    session = UserSession.objects.create(user=login_of(alice), ip="192.0.2.1", session_key="kept")
    export = DataExport.objects.create(home=alice.home, user=login_of(alice))
    return {
        "playlist": playlist.public_id,
        "item": str(playlist.items.get().pk),
        "helper": str(people["eddie"].pk),
        "token": str(login_of(alice).tokens.get(name="kept").pk),
        "notification": str(alice.notifications.get(kind=Kind.ACCOUNT).pk),
        "block": str(block.pk),
        "word": str(alice.words.get().pk),
        "export": str(export.pk),
        "session": str(session.pk),
    }


def _team(channel: Channel, people: dict[str, Person]) -> dict[str, str]:
    asked = member_invite(
        by=people["alice"], handle=channel.handle, whom="dora@x.org", role="editor"
    )
    member_invite(
        by=people["alice"], handle=channel.handle, whom="charlie", role=TeamRole.STATISTICS
    )
    mine = Invitation.objects.get(person=people["charlie"])
    return {"invitation": str(asked.pk), "invited": str(mine.pk)}


def _told(alice: Person) -> dict[str, str]:
    source, hook = FeedSource.objects.get(), Webhook.objects.get(channel__isnull=False)
    FeedEntry.objects.create(
        home=source.home, source=source, guid="one", title="One", state="skipped"
    )
    return {"delivery": str(webhook_try(by=alice, webhook_id=hook.pk).pk)}


def _ruled(channel: Channel, people: dict[str, Person]) -> dict[str, str]:
    decided = [
        decision_make(video_make(channel, title=title), by=people["mona"], action="sensitive")
        for title in ("Herons", "Storks")
    ]
    appeal = appeal_create(by=people["alice"], decision_id=decided[1].pk, text="It is a bird.")
    video = Video.objects.get(title="Swans", visibility="public")
    return {
        "decision": str(decided[0].pk),
        "appeal": str(appeal.pk),
        "report": str(report_make(video, by=people["charlie"]).pk),
    }


def _written(people: dict[str, Person]) -> dict[str, str]:
    alice = people["alice"]
    group = group_create(by=alice, name="Birds", joining="approval")
    for name, role in {"bob": "member", "stan": "moderator"}.items():
        group_join(by=people[name], group=group)
        GroupMember.objects.filter(group=group, person=people[name]).update(role=role)
    words = Words("Look at the geese.", title="Geese")
    return {
        "group": group.handle,
        "member": str(GroupMember.objects.get(group=group, person=people["bob"]).pk),
        "discussion": group_post(by=people["bob"], group=group, words=words).public_id,
    }


def _run(channel: Channel, mona: Person) -> dict[str, str]:
    dora = person_make("Dora")
    request = SignUpRequest.objects.create(home=dora.home, user=login_of(dora))
    invitation_make(by=mona, url="https://example.org/{}")
    setting_write(value=PrivacySettings(history_days=30), by=mona.pk)
    unit = unit_given_up(channel)
    job = ProcrastinateJob.objects.filter(status="todo").order_by("pk").first()
    assert job is not None
    return {
        "sign_up": str(request.pk),
        "site_invitation": str(SiteInvitation.objects.get(by=mona).pk),
        "version": str(SettingVersion.objects.get(key=PrivacySettings.KEY).pk),
        "unit": str(unit.pk),
        "job": str(job.pk),
    }


def nowhere(key: str) -> str:
    """Return a key like *key* that leads nowhere."""
    return NOTHING if len(key) == len(NOTHING) else "nothing"


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside; files, which no transaction brings back, stay."""
    with (
        patch.object(LocalStorage, "delete"),
        patch.object(LocalStorage, "delete_prefix", return_value=0),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)
    REMEMBERED.forget()


def written() -> dict[str, int]:
    """Return how many rows were written to each table of ours; never less than were changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE relname = ANY(%s)",
            [_tables()],
        )
        return dict(cursor.fetchall())


def marks() -> dict[str, str | None]:
    """Return a mark of the rows of each table of ours: of two equal ones nothing has changed."""
    row = "(to_jsonb(t) - 'used_at' - 'last_login')::text"
    mark = "(SELECT md5(string_agg({row}, '' ORDER BY {row})) FROM {table} t)"
    parts = ", ".join(mark.format(row=row, table=table) for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}")
        return dict(zip(_tables(), cursor.fetchone() or (), strict=True))


@cache
def _tables() -> list[str]:
    """Name our tables."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith(("antenne.", "allauth.account.", "allauth.mfa."))
        and model._meta.db_table not in _COUNTING
    )
