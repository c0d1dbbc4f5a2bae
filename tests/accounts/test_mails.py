"""Letters: queued with what they are about, carried once, tried again, forgotten."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from antenne.accounts import tasks
from antenne.accounts.letters import paragraphs_of
from antenne.accounts.models import Mail, MailState, Person, User
from antenne.accounts.outgoing import outgoing_of
from antenne.accounts.services.mails import (
    ATTEMPTS_MAX,
    Letter,
    MailDelayed,
    MailRefused,
    mail_deliver,
    mail_send,
    mail_send_to,
    mails_forget,
)
from antenne.kernel.environment import environment, environment_read
from tests.cast import login_of

SUBJECT = "Swans\r\nBcc: eve@example.org"


class Away(BaseEmailBackend):
    """A server that nobody reaches."""

    def send_messages(self, email_messages: object) -> int:  # noqa: ARG002 - its signature
        raise SMTPServerDisconnected("gone")


class Refusing(BaseEmailBackend):
    """A server that knows no such address."""

    def send_messages(self, email_messages: object) -> int:  # noqa: ARG002 - its signature
        raise SMTPRecipientsRefused({"alice@example.org": (550, b"no such user")})


def backend(kind: type[BaseEmailBackend]) -> override_settings:
    return override_settings(EMAIL_BACKEND=f"{kind.__module__}.{kind.__name__}")


def letter_may(user: User) -> Mail | None:
    return mail_send(user=user, kind="test.letter", subject=SUBJECT, text="They fly.")


def letter_to(person: Person) -> Mail:
    mail = letter_may(login_of(person))
    assert mail is not None
    return mail


def test_a_letter_is_carried_once_and_its_words_are_forgotten(alice: Person) -> None:
    mail = letter_to(alice)

    for _time in range(2):
        mail_deliver(mail_id=mail.pk)

    mail.refresh_from_db()
    (sent,) = outbox.outbox
    assert (sent.to, sent.subject) == (["alice@example.org"], "Swans Bcc: eve@example.org")
    assert sent.body == "They fly."
    assert (mail.state, mail.text, mail.html) == (MailState.SENT, "", "")


def test_a_letter_leaves_only_with_what_it_is_about(alice: Person) -> None:
    with transaction.atomic():
        letter_to(alice)
        transaction.set_rollback(True)

    assert not Mail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_nobody_gets_a_letter_at_an_address_they_have_not_shown_to_be_theirs(
    alice: Person, bob: Person
) -> None:
    EmailAddress.objects.filter(user=login_of(alice)).update(verified=False)
    User.objects.filter(person=bob).update(is_active=False)

    assert letter_may(login_of(alice)) is None
    assert letter_may(User.objects.get(person=bob)) is None
    assert not Mail.objects.exists()


def test_a_server_that_is_away_is_tried_again_until_it_is_too_late(alice: Person) -> None:
    mail = letter_to(alice)

    with backend(Away):
        for _attempt in range(ATTEMPTS_MAX - 1):
            with pytest.raises(MailDelayed):
                mail_deliver(mail_id=mail.pk)
        with pytest.raises(MailRefused):
            mail_deliver(mail_id=mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.FAILED, ATTEMPTS_MAX)


def test_a_letter_whose_job_is_run_again_at_the_desk_leaves_after_all(alice: Person) -> None:
    mail = letter_to(alice)
    with backend(Refusing), pytest.raises(MailRefused):
        mail_deliver(mail_id=mail.pk)

    mail_deliver(mail_id=mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (MailState.SENT, "")
    assert len(outbox.outbox) == 1


@pytest.mark.parametrize(("failure", "again"), [(MailDelayed(), True), (MailRefused(), False)])
def test_only_a_delayed_letter_is_tried_again_by_itself(failure: Exception, *, again: bool) -> None:
    job = Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="accounts.mail_deliver")

    decision = tasks.mail_deliver.get_retry_exception(failure, job)

    assert (decision is not None) == again


def test_an_address_that_is_refused_is_not_tried_again(alice: Person) -> None:
    mail = letter_to(alice)

    with backend(Refusing), pytest.raises(MailRefused):
        mail_deliver(mail_id=mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 1)
    assert "no such user" in mail.reason


def test_without_a_server_a_letter_can_be_read_in_the_home_folder(alice: Person) -> None:
    mail = letter_to(alice)

    with override_settings(EMAIL_BACKEND="antenne.accounts.outgoing.FolderBackend"):
        mail_deliver(mail_id=mail.pk)

    (path,) = Path(environment().home, "mail").glob("*.eml")
    read = message_from_bytes(path.read_bytes(), policy=default)
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    path.unlink()
    assert read["To"] == "alice@example.org"
    assert read["Auto-Submitted"] == "auto-generated"
    assert plain is not None
    assert plain.get_content().strip() == "They fly."
    assert html is not None
    assert "They fly." in html.get_content()


def test_what_people_write_is_only_text_in_a_letter(region: None) -> None:
    text = "<script>alert(1)</script>\n\nQ7ZP-4KM2\n\nhttps://example.org/a?b=1&c=2"

    mail = mail_send_to(address="new@example.org", letter=Letter("test.letter", "<b>Hi</b>", text))

    assert [part.kind for part in paragraphs_of(text)] == ["text", "code", "link"]
    assert "<script>" not in mail.html
    assert "<b>" not in mail.html
    assert '<p class="code">Q7ZP-4KM2</p>' in mail.html
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in mail.html


def test_letters_are_forgotten_after_thirty_days(alice: Person) -> None:
    with time_machine.travel("2026-01-01T00:00:00Z"):
        letter_to(alice)
    young = letter_to(alice)

    mails_forget()

    assert Mail.objects.get() == young


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://a%40b:p%2Fw@mail.example", 587, True, False),
        ("smtp://mail.example:25", 25, False, False),
        ("smtps://a:b@mail.example", 465, False, True),
    ],
)
def test_a_password_never_leaves_unencrypted(
    url: str, port: int, *, starttls: bool, tls: bool
) -> None:
    secret = {"ANTENNE_SECRET": "s" * 32, "ANTENNE_MAIL_URL": url}

    found = outgoing_of(environment_read(secret))

    assert (found.host, found.port) == ("mail.example", port)
    assert (found.starttls, found.tls) == (starttls, tls)
    assert found.sender == "Antenne <antenne@localhost>"
