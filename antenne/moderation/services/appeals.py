"""Appeals: once, by the person concerned, answered by somebody else where there is one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.catalog.refusals import NotFound
from antenne.custody.services import Act, audit_note
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record
from antenne.moderation.models import Appeal, Decision
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.appeals import may_answer
from antenne.moderation.services.decisions import decision_end
from antenne.moderation.states import APPEAL_DAYS, AppealState

TEXT_MAX_CHARS = 4000


@transaction.atomic
def appeal_create(*, by: Person, decision_id: UUID, text: str) -> Appeal:
    """Say why a decision about oneself is wrong; raise `NotFound`, `ModerationRefused`."""
    rows = Decision.objects.select_for_update(of=("self",))
    decision = rows.filter(pk=decision_id, person=by).first()
    if decision is None or not decision.restricts:
        raise NotFound(str(decision_id))
    if not text.strip() or len(text) > TEXT_MAX_CHARS or "\x00" in text:
        raise ModerationRefused(_("Say in a few sentences why it is wrong."))
    if decision.created_at < now() - timedelta(days=APPEAL_DAYS):
        raise ModerationRefused(_("Six months have passed since."))
    if Appeal.objects.filter(decision=decision).exists():
        raise ModerationRefused(_("You have appealed against this once already."))
    appeal = Appeal.objects.create(decision=decision, by=by, text=text.strip())
    fact_record(Fact("appeal.made", {"appeal": str(appeal.pk)}))
    return appeal


@transaction.atomic
def appeal_answer(*, by: Person, appeal_id: UUID, reverse: bool, answer: str) -> Appeal:
    """Uphold a decision, or take it back, with an answer; raise `ModerationRefused`.

    Whoever decided does not answer, where somebody else runs the site too.
    """
    operator_check(by)
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("decision")
    appeal = rows.filter(pk=appeal_id).first()
    if appeal is None:
        raise NotFound(str(appeal_id))
    if appeal.state != AppealState.OPEN:
        raise ModerationRefused(_("Somebody has answered this meanwhile. Nothing was changed."))
    if not may_answer(appeal, by=by):
        raise ModerationRefused(_("You made this decision: somebody else answers the appeal."))
    if not answer.strip() or len(answer) > TEXT_MAX_CHARS or "\x00" in answer:
        raise ModerationRefused(_("Say why: the person concerned reads this."))
    appeal.state = AppealState.REVERSED if reverse else AppealState.UPHELD
    appeal.answer, appeal.answered_by, appeal.answered_at = answer.strip(), by, now()
    appeal.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if reverse:
        decision_end(decision_id=appeal.decision.pk)
    act = Act("appeal.answered", "decision", str(appeal.decision.pk), shown=appeal.decision.shown)
    audit_note(by=by.pk, act=act, after={"state": str(appeal.state)}, reason=answer)
    fact_record(Fact("appeal.answered", {"appeal": str(appeal.pk)}))
    return appeal
