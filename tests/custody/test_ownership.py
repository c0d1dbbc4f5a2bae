"""The way from every model to the person it is about: export and erasure go by it."""

from __future__ import annotations

from django.apps import apps

from antenne.accounts.models import Person
from antenne.community.services.blocks import person_block
from antenne.custody.datamap import DATA_MAP, DataClass
from antenne.custody.ownership import (
    LEFT_OUT,
    PERSON,
    SECRETS,
    columns_naming,
    fields_told,
    labels_told,
    naming,
    personal,
    way_of,
)

# Models with personal fields whose rows are about nobody in particular, and why.
NOBODYS = {
    "sessions.Session": "reached by its key, which stands in usersessions.UserSession",
    "accounts.SetupLink": "there is nobody yet",
    "custody.SettingVersion": "how the site is run, and by whom, stays accountable",
    "custody.AuditEntry": "what operators did stays accountable",
    "audience.Salt": "a random number of a day",
}


def test_every_model_with_personal_data_is_about_somebody() -> None:
    private = {DataClass.PROTECTED, DataClass.RESTRICTED}
    lost = [
        label
        for label, entries in DATA_MAP.items()
        if {entry.data_class for entry in entries} & private
        and not way_of(label)
        and label not in NOBODYS
    ]

    assert lost == [], "name the way in antenne/custody/ownership.py:DECLARED"


def test_every_way_can_be_gone() -> None:
    for label in labels_told():
        model = apps.get_model(label)
        str(model._default_manager.filter(**{way_of(label): None}).query)


def test_rows_that_somebody_makes_on_other_peoples_things_are_their_own() -> None:
    assert way_of("accounts.AccessToken") == "user"
    assert way_of("catalog.Video") == "channel__person__user"
    assert way_of("catalog.PlaylistItem") == "person__user"
    assert way_of("community.Comment") == "person__user"


def test_nobody_is_told_a_secret() -> None:
    told = {name for label in labels_told() for name in fields_told(label)}

    assert told & SECRETS == set()
    assert "email" in told


def test_what_is_about_somebody_is_told_or_left_out_with_a_reason() -> None:
    told = set(labels_told())
    silent = {label for label in DATA_MAP if personal(label) and way_of(label)} - told

    assert silent == set(LEFT_OUT)
    assert all(str(reason).endswith(".") for reason in LEFT_OUT.values())
    assert not told & set(LEFT_OUT)


def test_nobody_is_told_who_has_reported_them_or_decided_about_them() -> None:
    assert way_of("moderation.Report") == "by__user"
    assert "by" not in fields_told("moderation.Decision")
    assert "answered_by" not in fields_told("moderation.Appeal")


def test_every_column_that_points_to_a_person_is_looked_at(alice: Person, bob: Person) -> None:
    columns = set(columns_naming(PERSON))
    person_block(by=bob, handle=alice.handle)

    assert {("community.Notification", "actor"), ("audience.Watch", "person")} <= columns
    assert naming(PERSON, alice.pk) == ["community.PersonBlock.blocked"]
