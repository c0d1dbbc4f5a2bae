"""Whose each row is: the way from every model of the data map to the person it is about.

Export and erasure are made from it. The way is found by itself where a model points to `person` or
`user`, or to something that is somebody's; `DECLARED` says what cannot be found that way.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet

from antenne.custody.datamap import DATA_MAP

if TYPE_CHECKING:
    from uuid import UUID

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
}
_DIRECT: Final = ("user", "person")
# What lets somebody in is not part of what is known about them.
SECRETS: Final = frozenset({"password", "digest", "session_key", "data", "token", "token_secret"})


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


def labels_owned() -> Iterator[str]:
    """Yield every model whose rows are about people, in the order of the data map."""
    yield from (label for label in DATA_MAP if way_of(label))


def fields_told(label: str) -> tuple[str, ...]:
    """Return the fields of a model that somebody is told of, secrets left out."""
    names = (name for entry in DATA_MAP[label] for name in entry.fields)
    known = {field.name for field in apps.get_model(label)._meta.local_fields}
    return tuple(name for name in names if name in known and name not in SECRETS)


def sentence_of(label: str) -> str:
    """Return what the rows of a model are, in one sentence."""
    return (apps.get_model(label).__doc__ or label).strip().splitlines()[0]
