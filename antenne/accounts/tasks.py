"""Worker entry points of accounts; `antenne.flow` says which fact calls which."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from antenne.accounts.services import avatars, exporting, joining, leaving, mails, sessions

MAIL = "mail"
RESCUE = "rescue"
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)
# 4, 16, 64 … seconds: eight attempts within six hours, as long as a server is usually away.
_MAIL_RETRY = RetryStrategy(
    max_attempts=mails.ATTEMPTS_MAX, exponential_wait=4, retry_exceptions={mails.MailDelayed}
)


@app.task(name="accounts.mail_deliver", queue=MAIL, retry=_MAIL_RETRY)
def mail_deliver(*, mail: str) -> None:
    """Give a letter to whoever carries it."""
    mails.mail_deliver(mail_id=UUID(mail))


@app.task(name="accounts.export_make", queue=MAIL, retry=_RETRY)
def export_make(*, export: str) -> None:
    """Gather everything about a person."""
    exporting.export_make(export_id=UUID(export))


@app.task(name="accounts.person_erase", queue=MAIL, retry=_RETRY)
def person_erase(*, person: str) -> None:
    """Delete an account, once what it has published is gone."""
    leaving.person_erase(person_id=UUID(person))


@app.periodic(cron="11 * * * *")
@app.task(name="accounts.erasures_begin", queue=RESCUE, queueing_lock="erasures_begin")
def erasures_begin(timestamp: int) -> None:
    """Begin to delete the accounts whose day has come."""
    leaving.erasures_begin()


@app.periodic(cron="41 * * * *")
@app.task(name="accounts.leftovers_clean", queue=RESCUE, queueing_lock="leftovers_clean")
def leftovers_clean(timestamp: int) -> None:
    """Forget old letters, invitations and sessions that have run out, unfinished sign-ups."""
    mails.mails_forget()
    joining.sign_ups_forget()
    sessions.sessions_forget()
    exporting.exports_forget()


@app.task(name="accounts.avatar_clear", queue="short", retry=_RETRY)
def avatar_clear(*, folder: str, path: str) -> None:
    """Delete a person's picture that was replaced."""
    avatars.avatar_clear(folder=folder, path=path)
