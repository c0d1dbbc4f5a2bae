"""Telling both sides what was decided and why, each in their language, in the page and by mail."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from antenne.accounts.models import Person
from antenne.accounts.selectors import language_of
from antenne.accounts.services.mails import Letter, mail_send, mail_send_to
from antenne.community.services.notifications import notification_send
from antenne.community.states import Kind
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.environment import environment
from antenne.moderation.models import Appeal, Decision, Report
from antenne.moderation.selectors.appeals import appeal_ticket
from antenne.moderation.states import Action

ADR_PAGE: Final = (
    "https://digital-strategy.ec.europa.eu/en/policies/dsa-out-court-dispute-settlement"
)
"""The list of bodies that settle disputes out of court (DSA, article 21)."""


def _language(person: Person | None) -> AbstractContextManager[object]:
    """Speak a person's language, or the site's."""
    if person is not None and person.user is not None:
        return override(language_of(person.user))
    return override(setting_of(SiteSettings).language)


def _tell(person: Person, letter: Letter, *, key: str, path: str = "") -> None:
    """Tell a person once, however often this runs."""
    told = notification_send(to=person, kind=Kind.REPORT, key=key, note=letter.subject, path=path)
    user = person.user
    if not told or user is None:
        return
    if user.is_active:
        mail_send(user=user, kind=letter.kind, subject=letter.subject, text=letter.text)
    else:
        mail_send_to(address=user.email, letter=letter, user=user)


def report_receive(*, report: Report) -> None:
    """Confirm a report to somebody without an account who left an address (article 16.4)."""
    if not report.email:
        return
    with _language(None):
        subject = _("Your report on “%(what)s”") % {"what": report.shown}
        text = _("We have received your report and will tell you what came of it.")
    mail_send_to(address=report.email, letter=Letter("moderation.received", subject, text))


def decision_tell(*, decision: Decision) -> None:
    """Tell the person concerned why, and those who reported what came of it."""
    if decision.restricts and decision.person is not None:
        with _language(decision.person):
            subject = _("A decision about “%(what)s”") % {"what": decision.shown}
            letter = Letter("moderation.decision", subject, statement_text(decision))
            path = f"/decisions/{decision.pk}"
            _tell(decision.person, letter, key=f"decision:{decision.pk}", path=path)
    for report in Report.objects.select_related("by__user").filter(decision=decision):
        with _language(report.by):
            _reporter_tell(report, decision)


def _reporter_tell(report: Report, decision: Decision) -> None:
    subject = _("Your report on “%(what)s”") % {"what": report.shown}
    if decision.restricts:
        text = _("Thank you. We have looked at it, and decided: %(action)s.") % {
            "action": Action(decision.action).label
        }
    else:
        text = _("Thank you. We have looked at it, and it stays as it is.")
        text = "\n\n".join(filter(None, (text, decision.facts)))
    letter = Letter("moderation.reported", subject, text)
    if report.by is not None:
        _tell(report.by, letter, key=f"report:{report.pk}")
    elif report.email:
        mail_send_to(address=report.email, letter=letter)


def statement_text(decision: Decision) -> str:
    """Return a statement of reasons as plain text, with the ways of redress (article 17.3)."""
    until = decision.until.date().isoformat() if decision.until else ""
    parts = [
        _("What was done: %(action)s.") % {"action": Action(decision.action).label},
        f"{decision.get_ground_display()}: {decision.reference}",
        decision.facts,
        _("Until %(date)s.") % {"date": until} if until else "",
        _("It was found and decided by people, not by a machine."),
        _("You can appeal within six months: %(url)s") % {"url": decision_url(decision)},
        _("You can also turn to a body that settles disputes (%(url)s) or to a court.")
        % {"url": ADR_PAGE},
    ]
    return "\n\n".join(filter(None, parts))


def decision_url(decision: Decision) -> str:
    """Return the address at which a person reads a decision, even one who may not sign in."""
    site = environment().public_url or environment().web_url
    return f"{site}/decisions/{decision.pk}?ticket={appeal_ticket(decision)}"


def reversal_tell(*, decision: Decision) -> None:
    """Tell the person concerned that a decision was taken back."""
    if decision.person is None:
        return
    with _language(decision.person):
        subject = _("A decision about “%(what)s” was taken back") % {"what": decision.shown}
        text = _("What it had taken away has been restored.")
        letter = Letter("moderation.reversed", subject, text)
        path = f"/decisions/{decision.pk}"
        _tell(decision.person, letter, key=f"reversed:{decision.pk}", path=path)


def appeal_tell(*, appeal: Appeal) -> None:
    """Tell the person concerned how their appeal was answered."""
    with _language(appeal.by):
        subject = _("Your appeal about “%(what)s”") % {"what": appeal.decision.shown}
        text = f"{appeal.get_state_display()}.\n\n{appeal.answer}"
        letter = Letter("moderation.appeal", subject, text)
        path = f"/decisions/{appeal.decision.pk}"
        _tell(appeal.by, letter, key=f"appeal:{appeal.pk}", path=path)
