"""Looking after channels."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound
from antenne.catalog.services.teams import channel_hand_over
from antenne.custody.services import Act, audit_note
from antenne.moderation.refusals import ModerationRefused


@transaction.atomic
def channel_give(*, by: Person, handle: str, to: str, reason: str) -> Channel:
    """Make a channel somebody else's, without asking either; both are told.

    For a channel whose owner cannot be reached, or that two agree about. Raises `NotAllowed`,
    `NotFound` for the channel, and `ModerationRefused`.
    """
    operator_check(by)
    rows = Channel.objects.select_for_update(of=("self",)).select_related("person")
    channel = rows.filter(handle__iexact=handle.removeprefix("@")).first()
    if channel is None:
        raise NotFound(handle)
    if not reason.strip():
        raise ModerationRefused(_("Say why: the log keeps it."))
    whose = Person.objects.select_related("user")
    person = whose.filter(handle__iexact=to.strip().removeprefix("@")).first()
    if person is None or person.user is None or not person.user.is_active:
        raise ModerationRefused(_("Nobody who can sign in has this handle."))
    if person.pk == channel.person_id:
        raise ModerationRefused(_("This channel is theirs already."))
    before = channel.person.handle
    channel_hand_over(channel=channel, to=person)
    act = Act("channel.handed_over", "channel", str(channel.pk), shown=channel.handle)
    owners = ({"owner": before}, {"owner": person.handle})
    audit_note(by=by.pk, act=act, before=owners[0], after=owners[1], reason=reason)
    return channel
