"""The data map names every field that is kept, and nothing else."""

from __future__ import annotations

from collections import Counter

from django.apps import apps

from antenne.custody.datamap import DATA_MAP, DataClass

KEPT = {
    model._meta.label: {field.name for field in model._meta.local_fields}
    | {field.name for field in model._meta.local_many_to_many}
    for model in apps.get_models(include_auto_created=False)
    if not model._meta.proxy
}
NAMED = {
    label: Counter(name for entry in entries for name in entry.fields)
    for label, entries in DATA_MAP.items()
}


def test_every_field_of_every_model_has_an_entry() -> None:
    missing = {label: sorted(names - set(NAMED.get(label, ()))) for label, names in KEPT.items()}

    assert {label: names for label, names in missing.items() if names} == {}


def test_no_entry_names_a_field_that_is_not_there() -> None:
    unknown = {label: sorted(set(names) - KEPT.get(label, set())) for label, names in NAMED.items()}

    assert {label: names for label, names in unknown.items() if names} == {}


def test_no_field_has_two_entries() -> None:
    assert [label for label, names in NAMED.items() if max(names.values()) > 1] == []


def test_secrets_and_addresses_are_restricted() -> None:
    restricted = {
        f"{label}.{name}"
        for label, entries in DATA_MAP.items()
        for entry in entries
        if entry.data_class == DataClass.RESTRICTED
        for name in entry.fields
    }

    wanted = {"accounts.User.email", "accounts.User.password", "accounts.AccessToken.digest"}
    assert wanted | {"catalog.VideoLock.password"} <= restricted


def test_every_entry_says_how_long_and_why() -> None:
    for entries in DATA_MAP.values():
        assert all(entry.retention and entry.basis for entry in entries)
