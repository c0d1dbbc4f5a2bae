"""Taking everything with one, and leaving: what the file holds, and that nothing remains."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core import serializers
from django.test import Client

from antenne.accounts.models import DataExport, Erasure, ExportState, Mail, Person, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.services import erasure_ask, export_ask, export_folder, profile_edit
from antenne.accounts.services.exporting import export_make, exports_forget
from antenne.accounts.services.leaving import erasures_begin, person_erase
from antenne.accounts.services.profile import Liking, preferences_set
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.tallies import tallies_of
from antenne.community.services.follows import channel_follow
from antenne.community.services.leaving import person_leave
from antenne.community.services.likes import video_like
from antenne.custody.datamap import DATA_MAP
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from tests.cast import PASSWORD, login_of
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make, video_of
from tests.pipeline.draining import ALL, drain
from tests.web.pages import client_of

FORTNIGHT = timedelta(days=14, minutes=1)
# What may name somebody who has left: facts and jobs are forgotten after thirty days, and what
# operators did stays accountable.
EXCEPTED = {"kernel.FactRecord", "procrastinate.ProcrastinateJob", "custody.AuditEntry"}


def exported(person: Person) -> tuple[DataExport, zipfile.ZipFile]:
    export = export_ask(user=login_of(person))
    export_make(export_id=export.pk)
    export.refresh_from_db()
    data = storage_open(environment()).get(f"media/{export.path}")
    return export, zipfile.ZipFile(io.BytesIO(data))


def rows_in(archive: zipfile.ZipFile, label: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(archive.read(f"data/{label}.json"))
    return rows


def traces_of(*words: str) -> list[str]:
    """Return the models of which a row holds one of *words*, in whatever field."""
    found = []
    for label in DATA_MAP:
        text = serializers.serialize("json", apps.get_model(label)._default_manager.all())
        if label not in EXCEPTED and any(word in text for word in words):
            found.append(label)
    return found


def test_the_file_holds_what_is_known_and_nothing_of_others(alice: Person, bob: Person) -> None:
    profile_edit(by=alice, about="I film swans.", links=["https://swans.example/"])
    token_make(alice)
    video_of(alice, title="Alice's swans")
    video_of(bob, title="Bob's boats")

    export, archive = exported(alice)

    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert export.state == ExportState.READY
    assert rows_in(archive, "accounts.User")[0]["email"] == "alice@example.org"
    assert rows_in(archive, "catalog.Video")[0]["title"] == "Alice's swans"
    assert "I film swans." in archive.read("index.html").decode()
    assert "Bob" not in whole
    assert login_of(alice).password not in whole
    assert "digest" not in whole


def test_one_file_is_made_at_a_time_and_kept_a_week(alice: Person) -> None:
    export_ask(user=login_of(alice))
    with pytest.raises(AccountRefused):
        export_ask(user=login_of(alice))
    export_make(export_id=DataExport.objects.get().pk)
    export = DataExport.objects.get()

    exports_forget()
    assert DataExport.objects.exists()
    with time_machine.travel(now() + timedelta(days=8)):
        exports_forget()

    assert not DataExport.objects.exists()
    assert not list(storage_open(environment()).list(f"media/{export_folder(export)}"))


def test_signing_in_keeps_the_account(alice: Person) -> None:
    erasure_ask(user=login_of(alice))
    client = Client()

    page = client.post(
        "/sign-in", {"login": "alice@example.org", "password": PASSWORD}, follow=True
    )

    assert "Your account is kept" in page.content.decode()
    assert not Erasure.objects.exists()
    assert Mail.objects.filter(kind="account.leaving").count() == 1


def test_leaving_signs_out_everywhere_and_nothing_is_lost_at_once(alice: Person) -> None:
    client = client_of(alice)
    client.get("/account/sessions")
    video = video_of(alice)

    erasure_ask(user=login_of(alice))
    erasures_begin()

    assert client.get("/account/sessions").status_code == 302
    assert Video.objects.get() == video
    assert User.objects.get().is_active


def test_the_only_operator_cannot_leave(mona: Person) -> None:
    with pytest.raises(AccountRefused):
        erasure_ask(user=login_of(mona))

    assert not Erasure.objects.exists()


def test_after_a_fortnight_nothing_remains(alice: Person, bob: Person, channel: Channel) -> None:
    user, storage = login_of(alice), storage_open(environment())
    words = (str(alice.pk), str(user.pk), user.email, "alice-b", "Swan Lake")
    profile_edit(by=alice, handle="alice-b", about="Swan Lake")
    preferences_set(by=alice, liking=Liking("fr", autoplay=False, data_saver=True, sensitive="ask"))
    token_make(alice)
    client_of(alice).get("/account/sessions")
    video = video_make(channel, title="Swan Lake")
    storage.put(f"media/{video.public_id}/s1/poster.jpg", b"a picture")
    export, _archive = exported(alice)
    mine = video_of(bob, title="Boats")
    erasure_ask(user=user)
    assert "accounts.User" in traces_of(*words)

    with time_machine.travel(now() + FORTNIGHT):
        erasures_begin()
        drain((*ALL, "mail"))

    assert traces_of(*words) == []
    assert not list(storage.list(f"media/{video.public_id}"))
    assert not list(storage.list(f"media/{export_folder(export)}"))
    assert Video.objects.get() == mine
    assert User.objects.get() == login_of(bob)


def test_counters_stay_right_when_somebody_leaves(alice: Person, bob: Person) -> None:
    video = video_of(bob, title="Boats")
    channel_follow(by=alice, channel=video.channel)
    video_like(by=alice, video=video, on=True)

    for _time in range(2):
        person_leave(person_id=alice.pk)

    counted = tallies_of([video.pk, video.channel.pk])
    assert counted[video.pk].get("likes", 0) == 0
    assert counted[video.channel.pk].get("followers", 0) == 0


def test_an_account_that_is_kept_is_never_erased(alice: Person) -> None:
    person_erase(person_id=alice.pk)

    assert Person.objects.get() == alice
