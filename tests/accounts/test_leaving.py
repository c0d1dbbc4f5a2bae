"""Leaving: a fortnight to think again, then nothing remains."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from antenne.accounts.models import Erasure, Mail, Person, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.services import (
    erasure_ask,
    erasure_cancel,
    export_ask,
    export_folder,
    profile_edit,
)
from antenne.accounts.services.exporting import export_make
from antenne.accounts.services.leaving import erasures_begin, person_erase
from antenne.accounts.services.profile import Liking, preferences_set
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.tallies import tallies_of
from antenne.community.services.follows import channel_follow
from antenne.community.services.leaving import person_leave
from antenne.community.services.likes import video_like
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.moderation.services.people import person_reactivate, person_suspend
from tests.accounts.traces import traces_of
from tests.cast import PASSWORD, login_of
from tests.factories.accounts import token_holder, token_make
from tests.factories.catalog import video_make, video_of
from tests.pipeline.draining import ALL, drain
from tests.web.pages import client_of

FORTNIGHT = timedelta(days=14, minutes=1)


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
    export = export_ask(user=user)
    export_make(export_id=export.pk)
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


def test_no_program_acts_for_somebody_who_is_about_to_leave(alice: Person) -> None:
    token = token_make(alice)
    assert token_holder(token) == login_of(alice)

    erasure_ask(user=login_of(alice))
    assert token_holder(token) is None

    erasure_cancel(user=login_of(alice))
    assert token_holder(token) == login_of(alice)


def test_nobody_comes_back_from_an_erasure_that_has_begun(alice: Person, mona: Person) -> None:
    person_suspend(by=mona, handle="alice", reason="Spam.")
    Erasure.objects.create(home="eu", user=login_of(alice), due_at=now(), begun_at=now())

    person_reactivate(by=mona, handle="alice")

    assert not User.objects.get(person=alice).is_active
