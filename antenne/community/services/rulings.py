"""What the keeper of a place decides about comments there: show, hide, pin, heart."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.community.models import Comment, CommentRuling
from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.comments import comment_kept
from antenne.community.selectors.places import Place
from antenne.community.services.comments import (
    comment_published,
    comment_rank,
    comment_withdrawn,
)
from antenne.community.states import Cause, Ruled
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record


@transaction.atomic
def comment_rule(*, by: Person, key: UUID, state: str) -> Comment:
    """Show or hide a comment on what one keeps; raise `NotFound` for any other."""
    comment, place = comment_kept(key, by=by)
    if state not in (Ruled.SHOWN, Ruled.HIDDEN):
        raise CommunityRefused(_("A comment is shown or hidden."))
    if CommentRuling.objects.filter(pk=key, cause=Cause.SITE).exists():
        raise CommunityRefused(_("Those who run the site have decided about this comment."))
    ruling_write(comment=comment, place=place, state=state, cause=Cause.KEEPER)
    return comment


def ruling_write(*, comment: Comment, place: Place, state: str, cause: str) -> None:
    """Write what was decided and count accordingly; deciding the same again changes nothing."""
    ruling = CommentRuling.objects.select_for_update().get(pk=comment.pk)
    before = ruling.state
    if before == state:
        return
    ruling.state, ruling.cause, ruling.ruled_at = state, cause, now()
    if state != Ruled.SHOWN:
        ruling.pinned = False
    ruling.save(update_fields=["state", "cause", "ruled_at", "pinned"])
    if state == Ruled.SHOWN:
        comment_published(ruling, place)
    elif before == Ruled.SHOWN:
        comment_withdrawn(ruling, place)


@transaction.atomic
def comment_pin(*, by: Person, key: UUID, on: bool) -> Comment:
    """Pin a comment above all others on what one keeps, in place of the one pinned before."""
    comment, place = comment_kept(key, by=by)
    ruling = CommentRuling.objects.get(pk=key)
    if on and (ruling.root is not None or ruling.state != Ruled.SHOWN):
        raise CommunityRefused(
            _("Only a comment that everybody sees, and no answer, can be pinned.")
        )
    # One pin of a place at a time.
    Person.objects.select_for_update().get(pk=place.keeper_id)
    CommentRuling.objects.filter(subject=place.subject, pinned=True).update(pinned=False)
    if on:
        CommentRuling.objects.filter(pk=key).update(pinned=True, ruled_at=now())
    return comment


@transaction.atomic
def comment_heart(*, by: Person, key: UUID, on: bool) -> Comment:
    """Mark a comment on what one keeps as one that the channel likes; its writer is told once."""
    comment, _place = comment_kept(key, by=by)
    changed = CommentRuling.objects.filter(pk=key, state=Ruled.SHOWN).exclude(hearted=on)
    if changed.update(hearted=on, ruled_at=now()):
        comment_rank(key=key)
        if on:
            fact_record(Fact("comment.hearted", {"comment": str(key)}))
    return comment
