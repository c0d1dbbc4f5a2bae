"""Whose each row is: the way from every model of the data map to the person it is about.

Export and erasure are made from it. The way is found by itself where a model points to `person` or
`user`, or to something that is somebody's; `DECLARED` says what cannot be found that way, and
`LEFT_OUT` what somebody is not told though it is about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from antenne.custody.datamap import DATA_MAP, DataClass

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import _StrPromise

USER: Final = "accounts.User"
PERSON: Final = "accounts.Person"
NOBODY: Final = ""
# Ways that the fields do not tell; `NOBODY` for rows that are about no person in particular.
DECLARED: Final[dict[str, str]] = {
    USER: "pk",
    PERSON: "user",
    "accounts.Invitation": "guest__user",
    "auth.Permission": NOBODY,
    "community.Group": NOBODY,
    # Whoever has reported somebody must not be found in that person's data.
    "moderation.Report": "by__user",
}
LEFT_OUT: Final[dict[str, _StrPromise]] = {
    "account.EmailConfirmation": _("Keys that confirm an address: whoever has one can use it."),
    "audience.VideoDaySlice": _(
        "Figures of single groups of viewers, which may be one person; your statistics show those"
        " that are large enough."
    ),
}
"""Models that are about somebody and are not told, each with the reason that they read."""
_DIRECT: Final = ("user", "person")
# What lets somebody in is not part of what is known about them.
SECRETS: Final = frozenset(
    {"password", "digest", "session_key", "data", "token", "token_secret", "secret"}
)
# Who decided: people who run the site are not told by name.
_OTHERS: Final[dict[str, frozenset[str]]] = {
    "moderation.Decision": frozenset({"by"}),
    "moderation.Appeal": frozenset({"answered_by"}),
    "moderation.Suspension": frozenset({"by"}),
}
_PERSONAL: Final = frozenset({DataClass.PUBLIC, DataClass.PROTECTED, DataClass.RESTRICTED})


@cache
def way_of(label: str) -> str:
    """Return the lookup that leads from a model to the login it is about, or `NOBODY`."""
    if label in DECLARED:
        return DECLARED[label]
    model = apps.get_model(label)
    keys = [field for field in model._meta.local_fields if isinstance(field, ForeignKey)]
    keys.sort(
        key=lambda field: _DIRECT.index(field.name) if field.name in _DIRECT else len(_DIRECT)
    )
    for field in keys:
        target = field.related_model._meta.label
        if target == label or target not in DATA_MAP:
            continue
        rest = way_of(target)
        if rest:
            return field.name if target == USER else f"{field.name}__{rest}"
    return NOBODY


def rows_about(label: str, user_id: UUID) -> QuerySet[Model]:
    """Return the rows of a model that are about somebody; none where its rows are nobody's."""
    rows: QuerySet[Model] = apps.get_model(label)._default_manager.all()
    way = way_of(label)
    return rows.filter(Q(**{way: user_id})) if way else rows.none()


def labels_told() -> Iterator[str]:
    """Yield every model that somebody is told of: with personal fields, whose rows are theirs.

    What the installation computes for itself is not among them: `DataClass.OPERATIONAL`.
    """
    yield from (
        label for label in DATA_MAP if way_of(label) and personal(label) and label not in LEFT_OUT
    )


def personal(label: str) -> bool:
    """Say whether a model has a field that may tell something of a person."""
    return any(entry.data_class in _PERSONAL for entry in DATA_MAP[label])


def columns_naming(target: str) -> Iterator[tuple[str, str]]:
    """Yield model and field of every column that points to *target*, a login or a person."""
    for label in DATA_MAP:
        for field in apps.get_model(label)._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model._meta.label == target:
                yield label, field.name


def naming(target: str, key: UUID) -> list[str]:
    """Return every column (`app.Model.field`) that still points to a login or person."""
    return [
        f"{label}.{name}"
        for label, name in columns_naming(target)
        if apps.get_model(label)._default_manager.filter(**{f"{name}_id": key}).exists()
    ]


def fields_told(label: str) -> tuple[str, ...]:
    """Return the fields of a model that somebody is told of, secrets left out."""
    names = (name for entry in DATA_MAP[label] for name in entry.fields)
    known = {field.name for field in apps.get_model(label)._meta.local_fields}
    withheld = SECRETS | _OTHERS.get(label, frozenset())
    return tuple(name for name in names if name in known and name not in withheld)


def sentence_of(label: str) -> str:
    """Return what the rows of a model are, in one sentence."""
    return (apps.get_model(label).__doc__ or label).strip().splitlines()[0]
