"""People as those who run the site look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from antenne.accounts.models import Erasure, Person, SignUpRequest
from antenne.accounts.selectors import (
    operator_check,
    sign_up_requests,
    signed_in_of,
    tokens_of,
)
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.community.models import Comment
from antenne.moderation.models import Report, Suspension
from antenne.moderation.selectors.dossiers import Dossier, dossier_of
from antenne.moderation.selectors.subjects import of_person
from antenne.pipeline.selectors import bytes_kept, quota_of


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: their login, what they have and do here, and their dossier."""

    person: Person
    email: str
    active: bool
    operator: bool
    channels: tuple[Channel, ...]
    videos: int
    kept_bytes: int
    quota_bytes: int
    quota_own: bool
    suspension: Suspension | None
    dossier: Dossier
    sessions: int
    tokens: int
    comments: int
    reports_made: int
    leaves_at: datetime | None


def person_known(handle: str, *, by: Person) -> Known:
    """Return what is known of a person; raise `NotAllowed`, `NotFound`."""
    person = person_named(handle, by=by)
    user = person.user
    erasure = Erasure.objects.filter(user=user).first() if user else None
    return Known(
        person=person,
        email=user.email if user else "",
        active=bool(user and user.is_active),
        operator=bool(user and user.is_operator),
        channels=tuple(Channel.objects.filter(person=person).order_by("created_at")[:50]),
        videos=Video.objects.filter(channel__person=person).count(),
        kept_bytes=bytes_kept(person),
        quota_bytes=quota_of(person),
        quota_own=hasattr(person, "allowance"),
        suspension=Suspension.objects.select_related("by").filter(person=person).first(),
        dossier=dossier_of(of_person(person), by=by),
        sessions=len(signed_in_of(user, session_key=None)) if user else 0,
        tokens=tokens_of(user).count() if user else 0,
        comments=Comment.objects.filter(person=person, removed=False).count(),
        reports_made=Report.objects.filter(by=person).count(),
        leaves_at=erasure.due_at if erasure else None,
    )


def person_named(handle: str, *, by: Person) -> Person:
    """Return a person by handle; raise `NotAllowed`, `NotFound`."""
    operator_check(by)
    rows = Person.objects.select_related("user", "allowance")
    person = rows.filter(handle__iexact=handle.removeprefix("@")).first()
    if person is None:
        raise NotFound(handle)
    return person


def joining_all(*, by: Person) -> QuerySet[SignUpRequest]:
    """Return who waits to be let in, the oldest first; raise `NotAllowed`."""
    operator_check(by)
    return sign_up_requests().order_by("created_at")
