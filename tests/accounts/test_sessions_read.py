"""Sessions, read in SQL that is there already."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.test import Client

from antenne.accounts.models import Person
from antenne.accounts.sessions import SessionStore
from antenne.kernel.clock import now
from tests.cast import login_of


def test_what_django_wrote_is_read_and_what_we_write_django_reads(region: None) -> None:
    theirs, ours = db.SessionStore(), SessionStore()
    theirs["swan"], ours["goose"] = 1, 2
    theirs.save()
    ours.save()

    assert SessionStore(theirs.session_key)["swan"] == 1
    assert db.SessionStore(ours.session_key)["goose"] == 2


def test_a_session_that_has_run_out_is_nobodys(alice: Person) -> None:
    client = Client()
    client.force_login(login_of(alice))
    assert client.get("/history").status_code == 200

    Session.objects.update(expire_date=now() - timedelta(seconds=1))

    assert client.get("/history").status_code == 302


def test_a_key_that_nobody_gave_out_opens_nothing(alice: Person) -> None:
    client = Client()
    for key in ("x" * 32, "", "%s", "' OR 1=1 --"):
        client.cookies["sessionid"] = key
        assert client.get("/history").status_code == 302


def test_who_was_shut_out_is_signed_in_nowhere(alice: Person) -> None:
    client, login = Client(), login_of(alice)
    client.force_login(login)
    assert client.get("/history").status_code == 200
    login.is_active = False
    login.save()

    assert client.get("/history").status_code == 302
