"""Mail with the desk's settings, through a real conversation with a mail server."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy

import pytest

from antenne.accounts.models import Mail, Person
from antenne.accounts.services.mails import mail_deliver, mail_send
from antenne.custody import mail
from antenne.custody.settings import MailSettings, SiteSettings
from antenne.kernel.environment import environment
from antenne.moderation.selectors.overview import concerns
from antenne.moderation.services.settings import mail_test
from tests.cast import PASSWORD, login_of
from tests.custody.proving import say
from tests.factories.accounts import address_verify, mode_set
from tests.web.pages import client_of


@dataclass
class Sink:
    """A mail server that keeps what it takes, and who signed in; without TLS, as in a network."""

    port: int = 0
    letters: list[bytes] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a letter needs."""

    sink: Sink

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper().partition(" ")[0]
            if verb == "EHLO":
                self.say("250-sink")
                self.say("250 AUTH PLAIN")
            elif verb == "AUTH":
                self.sink.signed_in.append(base64.b64decode(line.split()[2]).decode())
                self.say("235 welcome")
            elif verb == "DATA":
                self.say("354 go on")
                self.sink.letters.append(self.body())
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 yes")

    def body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server that listens."""
    sink = Sink()
    handler = type("Handler", (Conversation,), {"sink": sink})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        sink.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield sink
        server.shutdown()


def test_the_test_button_sends_a_letter(mona: Person, sink: Sink) -> None:
    say(SiteSettings, name="Harbour")
    fields = {"sender": "us@example.org", "host": "127.0.0.1", "port": sink.port}
    say(MailSettings, **fields, security="none", user="us", password=PASSWORD)

    path, to = "/desk/settings/mail/test", {"address": "mona@example.org"}
    page = client_of(mona).post(path, to, follow=True).content.decode()

    assert "The mail server has taken it." in page
    letter = message_from_bytes(sink.letters[0], policy=policy.default)
    assert (letter["From"], letter["To"]) == ("us@example.org", "mona@example.org")
    assert letter["Subject"] == "A test from Harbour"
    assert sink.signed_in == [f"\0us\0{PASSWORD}"]


def test_a_letter_to_a_person_leaves_in_text_and_html(alice: Person, sink: Sink) -> None:
    address_verify(alice)
    fields = {"sender": "us@example.org", "host": "127.0.0.1", "port": sink.port}
    say(MailSettings, **fields, security="none")
    queued = mail_send(user=login_of(alice), kind="test", subject="Swäns", text="They are here.")
    assert queued is not None

    for _twice in range(2):
        mail_deliver(mail_id=queued.pk)

    assert len(sink.letters) == 1
    letter = message_from_bytes(sink.letters[0], policy=policy.default)
    assert letter["Subject"] == "Swäns"
    types = [part.get_content_type() for part in letter.walk()]
    assert types == ["multipart/alternative", "text/plain", "text/html"]
    assert Mail.objects.get().state == "sent"


def test_a_server_that_the_environment_names_is_one(
    mona: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mode_set("open")
    assert [concern.place for concern in concerns(by=mona) if concern.place == "desk_mail"]

    monkeypatch.setattr(
        mail, "environment", lambda: replace(environment(), mail_url="smtp://mail.example.org")
    )

    assert not [concern.place for concern in concerns(by=mona) if concern.place == "desk_mail"]
    mail_test(by=mona, address="mona@example.org")
