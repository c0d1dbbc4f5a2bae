"""Facts: kept with what made them true, or not at all."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.models import FactRecord

pytestmark = pytest.mark.django_db


def test_a_fact_is_one_row_and_one_job() -> None:
    fact_record(Fact("video.edited", {"video": "v"}))

    row, job = FactRecord.objects.get(), ProcrastinateJob.objects.get()
    assert (row.name, row.payload) == ("video.edited", {"video": "v"})
    assert (job.task_name, job.args) == ("flow.dispatch", {"fact_id": str(row.pk)})


def test_a_fact_of_a_change_that_was_undone_never_happened() -> None:
    with transaction.atomic():
        fact_record(Fact("video.edited", {"video": "v"}))
        transaction.set_rollback(True)

    assert not FactRecord.objects.exists()
    assert not ProcrastinateJob.objects.exists()
