"""Writing letters, and giving them to whoever carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.translation import get_language, override

from antenne.accounts.letters import letter_html
from antenne.accounts.models import Mail, MailState, User
from antenne.accounts.selectors import address_verified, language_of
from antenne.custody.mail import mail_connection, mail_sender
from antenne.custody.selectors import region_home
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record

ATTEMPTS_MAX = 8
KEPT_DAYS = 30
_REFUSED_FOR_GOOD = 500  # RFC 5321, 4.2.1: replies of 500 and more are permanent


class MailDelayed(Exception):
    """The letter could not be given to anybody now; it may be tried again."""


class MailRefused(Exception):
    """The letter was refused for good or too often: its job fails, where the desk sees it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written; *kind* says why (`account.verify`), *html* is made of *text* where empty."""

    kind: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def mail_send(
    *,
    user: User,
    kind: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
) -> Mail | None:
    """Queue a letter to a person, in the caller's transaction; None where nobody would get it.

    It goes only to an address that the person has shown to be theirs.
    """
    address = address_verified(user) if user.is_active else ""
    if not address:
        return None
    letter = Letter(kind, subject, text, html, headers or {})
    return mail_send_to(address=address, letter=letter, user=user)


@transaction.atomic
def mail_send_to(*, address: str, letter: Letter, user: User | None = None) -> Mail:
    """Queue a letter to an address that nobody has vouched for: to verify it, or to invite."""
    subject = " ".join(letter.subject.split())[:200]
    with override(language_of(user) if user else get_language()):
        html = letter.html or letter_html(subject=subject, text=letter.text)
    mail = Mail.objects.create(
        home=user.home if user else region_home().code,
        user=user,
        kind=letter.kind,
        address=address,
        subject=subject,
        text=letter.text,
        html=html,
        headers=dict(letter.headers),
    )
    fact_record(Fact("mail.queued", {"mail": str(mail.pk)}))
    return mail


def mail_deliver(*, mail_id: UUID) -> None:
    """Give a letter to whoever carries it, once; raise `MailDelayed` or `MailRefused`.

    Its row stays locked meanwhile, so a job that is run twice finds it sent. One that was refused
    is tried again where the desk runs its job again.
    """
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None or mail.state == MailState.SENT:
            return
        failure = _failure_of(mail)
        if failure is None:
            mail.state, mail.sent_at, mail.reason = MailState.SENT, now(), ""
            mail.text = mail.html = ""
            mail.headers = {}
        else:
            mail.attempts += 1
            mail.reason = f"{type(failure).__name__}: {failure}"[:500]
            if _is_final(failure) or mail.attempts >= ATTEMPTS_MAX:
                mail.state = MailState.FAILED
        mail.save()
    if failure is not None:
        refused = mail.state == MailState.FAILED
        raise (MailRefused if refused else MailDelayed)(mail.pk) from failure


def _failure_of(mail: Mail) -> OSError | None:
    """Send a letter and return None, or what went wrong (`SMTPException` is an `OSError`)."""
    headers = {"Message-ID": f"<{mail.pk}@antenne>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(
        mail.subject, mail.text, mail_sender(), [mail.address], headers=headers | mail.headers
    )
    message.connection = mail_connection()
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except OSError as failure:
        return failure
    return None


def _is_final(failure: OSError) -> bool:
    if isinstance(failure, SMTPRecipientsRefused):
        return all(code >= _REFUSED_FOR_GOOD for code, _said in failure.recipients.values())
    if isinstance(failure, SMTPResponseException):
        return failure.smtp_code >= _REFUSED_FOR_GOOD
    return False


def mails_forget() -> None:
    """Forget letters after thirty days, sent or not."""
    Mail.objects.filter(created_at__lt=now() - timedelta(days=KEPT_DAYS)).delete()
