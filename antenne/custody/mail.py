"""The way out for mail, as the operators have set it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from antenne.custody.selectors import secret_of, setting_of
from antenne.custody.settings import MailSecurity, MailSettings
from antenne.kernel.environment import environment

_PATIENCE_S = 10


def mail_connection(mail: MailSettings | None = None) -> BaseEmailBackend:
    """Return the connection that *mail* (else the current settings) describes.

    Without a server there it is the one that ANTENNE_MAIL_URL names, else a folder.
    """
    mail = mail or setting_of(MailSettings)
    if not mail.host:
        return get_connection()
    return EmailBackend(
        host=mail.host,
        port=mail.port,
        username=mail.user or None,
        password=secret_of(mail.password) or None,
        use_tls=mail.security == MailSecurity.STARTTLS,
        use_ssl=mail.security == MailSecurity.TLS,
        timeout=_PATIENCE_S,
    )


def mail_leaves() -> bool:
    """Say whether a mail server is named, at the desk or by ANTENNE_MAIL_URL."""
    return bool(setting_of(MailSettings).host or environment().mail_url)


def mail_sender() -> str:
    """Return the address that mail comes from."""
    return setting_of(MailSettings).sender or settings.DEFAULT_FROM_EMAIL
