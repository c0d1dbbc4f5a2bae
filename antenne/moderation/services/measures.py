"""What a decision does to a thing, and how it is undone."""

from __future__ import annotations

from antenne.accounts.models import Person
from antenne.catalog.services.videos import video_sensitive_set
from antenne.catalog.services.visibility import video_give_back, video_withdraw
from antenne.community.models import Comment
from antenne.community.selectors.places import place_kept
from antenne.community.services.rulings import ruling_write
from antenne.community.states import Cause, Ruled
from antenne.moderation.models import Decision
from antenne.moderation.selectors.subjects import Subject
from antenne.moderation.services.suspensions import suspension_end, suspension_write
from antenne.moderation.states import Action


def cause_of(decision: Decision) -> str:
    """Return the name under which a decision withdraws."""
    return decision.pk.hex


def measure_take(*, by: Person, decision: Decision, subject: Subject, hides: bool) -> None:
    """Do what was decided, in the caller's transaction."""
    if decision.action == Action.SENSITIVE and subject.video is not None:
        video_sensitive_set(video_id=subject.video.pk, sensitive=True)
    elif decision.action == Action.WITHDRAW and subject.video is not None:
        cause = cause_of(decision)
        video_withdraw(video_id=subject.video.pk, cause=cause, reason=decision.facts)
    elif decision.action == Action.WITHDRAW and subject.comment is not None:
        _comment_rule(subject.comment, Ruled.HIDDEN)
    elif decision.action == Action.SUSPEND and subject.owner is not None:
        suspension_write(by=by, person=subject.owner, decision=decision, hides=hides)


def measure_end(*, decision: Decision) -> None:
    """Undo what was decided, in the caller's transaction."""
    if decision.action == Action.SENSITIVE and decision.video_id is not None:
        video_sensitive_set(video_id=decision.video_id, sensitive=False)
    elif decision.action == Action.WITHDRAW and decision.video_id is not None:
        video_give_back(video_id=decision.video_id, cause=cause_of(decision))
    elif decision.action == Action.WITHDRAW and decision.comment is not None:
        _comment_rule(decision.comment, Ruled.SHOWN)
    elif decision.action == Action.SUSPEND and decision.person is not None:
        suspension_end(person=decision.person)


def _comment_rule(comment: Comment, state: Ruled) -> None:
    place = place_kept(comment)
    if place is not None:
        ruling_write(comment=comment, place=place, state=state, cause=Cause.SITE)
