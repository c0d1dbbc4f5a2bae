"""Reporting something."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend
from antenne.moderation.models import Report
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.subjects import Subject, subject_seen
from antenne.moderation.states import URGENT, Complaint, ReportState

REPORT_RATE = Rate("moderation.report", limit=10, window_s=3600)
# Each sends a letter to an address that nobody has shown to be theirs.
CONFIRM_RATE = Rate("moderation.confirm", limit=5, window_s=86_400)
TEXT_MAX_CHARS = 4000


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody says: what is wrong, in their words, where, and where to answer."""

    complaint: str
    text: str = ""
    email: str = ""
    at_ms: int | None = None


def report_create(
    *, by: Person | None, kind: str, key: str, notice: Notice, address: str = ""
) -> Report:
    """Report a video, channel, comment or person; saying it again while it is open adds nothing.

    *address* is where somebody without an account asks from. Raises `NotFound` for what they
    cannot see, `RateExceeded`, and `ModerationRefused`.
    """
    if by is None and not setting_of(FeatureSettings).anonymous_reports:
        raise ModerationRefused(_("Sign in to report something."))
    subject = subject_seen(kind, key, viewer=by)
    _check(notice)
    rate_spend(REPORT_RATE, str(by.pk) if by else address)
    if by is None and notice.email:
        rate_spend(CONFIRM_RATE, notice.email.strip().lower())
    return _report_write(by, subject, notice)


def _check(notice: Notice) -> None:
    if notice.complaint not in Complaint.values:
        raise ModerationRefused(_("Say what is wrong."))
    needs_words = notice.complaint in (Complaint.ILLEGAL, Complaint.COPYRIGHT, Complaint.OTHER)
    if needs_words and not notice.text.strip():
        raise ModerationRefused(_("Say in a sentence why: nobody can decide without."))
    if "\x00" in notice.text or len(notice.text) > TEXT_MAX_CHARS:
        raise ModerationRefused(_("This text is too long."))
    if notice.email:
        try:
            validate_email(notice.email)
        except ValidationError as error:
            raise ModerationRefused(_("This is not an e-mail address.")) from error


@transaction.atomic
def _report_write(by: Person | None, subject: Subject, notice: Notice) -> Report:
    said = {
        "home": subject.home,
        "kind": subject.kind,
        **subject.columns,
        "person": subject.owner,
        "shown": subject.shown[:200],
        "said": subject.said[:5000],
        "at_ms": notice.at_ms,
        "complaint": notice.complaint,
        "text": notice.text.strip(),
        "email": "" if by else notice.email,
        "urgent": notice.complaint in URGENT,
    }
    if by is None:
        report, fresh = Report.objects.create(subject_id=subject.pk, **said), True
    else:
        report, fresh = Report.objects.get_or_create(
            subject_id=subject.pk, by=by, state=ReportState.OPEN, defaults=said
        )
    if fresh:
        fact_record(Fact("report.made", {"report": str(report.pk)}))
    return report
