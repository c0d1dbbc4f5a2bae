"""People as those who run the site look after them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from antenne.accounts.models import Person, SignUpRequest
from antenne.accounts.selectors import operator_check, sign_up_requests
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.moderation.models import Decision, Suspension
from antenne.pipeline.selectors import bytes_kept, quota_of

STATES = ("all", "operators", "suspended")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: their login, what they have here, what was decided."""

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
    decisions: tuple[Decision, ...]


def people_all(*, by: Person, text: str = "", state: str = "all") -> QuerySet[Person]:
    """Return people whose handle, name or address holds *text*; raise `NotAllowed`."""
    operator_check(by)
    rows = Person.objects.select_related("user", "suspension")
    rows = rows.annotate(channel_count=Count("channels"))
    if text:
        wish = text.removeprefix("@")
        found = Q(handle__icontains=wish) | Q(name__icontains=wish) | Q(user__email__icontains=wish)
        rows = rows.filter(found)
    if state == "operators":
        rows = rows.filter(user__is_operator=True)
    return rows.filter(suspension__isnull=False) if state == "suspended" else rows


def person_known(handle: str, *, by: Person) -> Known:
    """Return what is known of a person; raise `NotAllowed`, `NotFound`."""
    person = person_named(handle, by=by)
    user = person.user
    decisions = Decision.objects.select_related("by").filter(person=person)
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
        decisions=tuple(decisions.order_by("-created_at")[:20]),
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


def videos_all(
    *, by: Person, text: str = "", visibility: str = "", state: str = ""
) -> QuerySet[Video]:
    """Return every video, narrowed; raise `NotAllowed`."""
    operator_check(by)
    rows = Video.objects.select_related("channel__person")
    if text:
        wish = text.removeprefix("@")
        found = Q(title__icontains=wish) | Q(public_id=wish) | Q(channel__handle__iexact=wish)
        rows = rows.filter(found)
    if visibility:
        rows = rows.filter(visibility=visibility)
    return rows.filter(state=state) if state else rows


def video_known(public_id: str, *, by: Person) -> Video:
    """Return any video; raise `NotAllowed`, `NotFound`."""
    operator_check(by)
    video = Video.objects.select_related("channel__person").filter(public_id=public_id).first()
    if video is None:
        raise NotFound(public_id)
    return video
