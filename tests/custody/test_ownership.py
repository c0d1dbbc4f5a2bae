"""The way from every model to the person it is about: export and erasure go by it."""

from __future__ import annotations

from django.apps import apps

from antenne.custody.datamap import DATA_MAP, DataClass
from antenne.custody.ownership import SECRETS, fields_told, labels_owned, way_of

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
    for label in labels_owned():
        model = apps.get_model(label)
        str(model._default_manager.filter(**{way_of(label): None}).query)


def test_rows_that_somebody_makes_on_other_peoples_things_are_their_own() -> None:
    assert way_of("accounts.AccessToken") == "user"
    assert way_of("catalog.Video") == "channel__person__user"
    assert way_of("catalog.PlaylistItem") == "person__user"
    assert way_of("community.Comment") == "person__user"


def test_nobody_is_told_a_secret() -> None:
    told = {name for label in labels_owned() for name in fields_told(label)}

    assert told & SECRETS == set()
    assert "email" in told
