"""Taking the name of somebody who leaves out of reports and decisions, which stay for five years.

What was decided, on which ground and when is kept, as the law asks; about whom it was is not.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from antenne.accounts.models import Person
from antenne.accounts.selectors import addresses_of
from antenne.custody.services import audit_unname
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import uuid7
from antenne.moderation.models import Appeal, Decision, Report, Suspension


@transaction.atomic
def person_unname(*, person_id: UUID) -> None:
    """Have no report, decision or entry of the log name a person, then say so."""
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None:
        return
    Report.objects.filter(person=person).update(shown="", said="", person=None)
    # They stay together, as reports about one thing that is gone.
    Report.objects.filter(subject_id=person.pk).update(subject_id=uuid7())
    Report.objects.filter(by=person).update(by=None)
    if person.user is not None:
        mine = Report.objects.annotate(low=Lower("email")).filter(low__in=addresses_of(person.user))
        mine.update(email="")
    Decision.objects.filter(person=person).update(shown="", person=None)
    Decision.objects.filter(by=person).update(by=None)
    Appeal.objects.filter(by=person).delete()
    Suspension.objects.filter(person=person).delete()
    audit_unname(subject=str(person.pk))
    fact_record(Fact("person.unnamed", {"person": str(person_id)}))
