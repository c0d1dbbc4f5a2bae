"""Where mail goes: to the server that the environment names, or into a folder to be read there."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from antenne.kernel.environment import Environment, environment
from antenne.kernel.ids import uuid7

MAIL_TIMEOUT_S = 20
_LOG = logging.getLogger(__name__)
_SMTP_PORT = 587
_SMTPS_PORT = 465


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Django's settings of outgoing mail; *starttls* and *tls* exclude one another."""

    backend: str
    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def outgoing_of(settings: Environment) -> Outgoing:
    """Return where mail goes, as the environment says.

    A password is only ever sent encrypted: `smtp://` with one asks for STARTTLS (RFC 3207).
    """
    host = urlsplit(settings.public_url).hostname or "localhost"
    address = settings.mail_from or f"antenne@{host}"
    sender = address if "<" in address else formataddr((settings.site_name, address))
    if not settings.mail_url:
        return Outgoing("antenne.accounts.outgoing.FolderBackend", sender)
    url = urlsplit(settings.mail_url)
    tls = url.scheme == "smtps"
    return Outgoing(
        backend="django.core.mail.backends.smtp.EmailBackend",
        sender=sender,
        host=url.hostname or "",
        port=url.port or (_SMTPS_PORT if tls else _SMTP_PORT),
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        starttls=not tls and bool(url.username),
        tls=tls,
    )


class FolderBackend(BaseEmailBackend):
    """Writes each letter to a file `.eml` in the folder `mail` of the home folder."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the letters and return how many there were."""
        folder = environment().home / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _letter_write(folder / f"{uuid7()}.eml", message.message().as_bytes())
        return len(email_messages)


def _letter_write(path: Path, data: bytes) -> None:
    draft = path.with_suffix(".part")
    draft.touch(0o600)
    draft.write_bytes(data)
    draft.replace(path)
    _LOG.info("a letter was written to %s", path)
