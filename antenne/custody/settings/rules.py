"""The rules of the site: who joins, how mail leaves, what there is, how much, how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.custody.settings.declaring import (
    About,
    Choice,
    Number,
    Setting,
    Several,
    Words,
    mail_faults,
    option,
    option_made,
    switch,
)
from antenne.kernel.environment import environment

_GB: Final = 10**9
_HOST: Final = re.compile(r"[A-Za-z0-9.:\[\]_-]{1,253}")


def _upload_bytes() -> int:
    return environment().upload_max_bytes


def _quota_bytes() -> int:
    return environment().quota_bytes


class SignUpMode(models.TextChoices):
    """Who may make an account."""

    OPEN = "open", gettext_lazy("Everybody")
    APPROVAL = "approval", gettext_lazy("Everybody, once you have approved it")
    INVITATION = "invitation", gettext_lazy("Whoever is invited")
    CLOSED = "closed", gettext_lazy("Nobody: you make accounts")


@dataclass(frozen=True, slots=True)
class SignUpSettings(Setting):
    """Who may make an account, and how."""

    KEY: ClassVar[str] = "sign_up"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Sign-up")

    mode: str = option(
        SignUpMode.CLOSED.value,
        About(gettext_lazy("Who may make an account"), Choice(SignUpMode)),
    )
    domains: tuple[str, ...] = option(
        (),
        About(
            gettext_lazy("Only with addresses at"),
            Several(max_count=200, max_chars=253),
            gettext_lazy("Domains, one a line, for example example.org. Left empty: any."),
        ),
    )
    terms_required: bool = switch(gettext_lazy("People must accept the terms"), on=False)

    def more_faults(self) -> Iterator[tuple[str, str]]:
        """Check the domains."""
        for domain in self.domains:
            try:
                validate_domain_name(domain)
            except ValidationError:
                yield "domains", _("This is not a domain: %(word)s") % {"word": domain[:80]}
                return

    def domain_allowed(self, email: str) -> bool:
        """Say whether an account may be made with this address."""
        domain = email.rpartition("@")[2].lower()
        return not self.domains or domain in {one.lower() for one in self.domains}


class MailSecurity(models.TextChoices):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls", gettext_lazy("STARTTLS (port 587)")
    TLS = "tls", gettext_lazy("TLS (port 465)")
    NONE = "none", gettext_lazy("None: only on a network of your own")


@dataclass(frozen=True, slots=True)
class MailSettings(Setting):
    """How mail leaves the site."""

    KEY: ClassVar[str] = "mail"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Mail")

    sender: str = option(
        "",
        About(
            gettext_lazy("Sender's address"),
            Words(max_chars=254),
            gettext_lazy("Mail to people comes from this address."),
        ),
    )
    host: str = option(
        "",
        About(
            gettext_lazy("Mail server"),
            Words(max_chars=253),
            gettext_lazy("Left empty, no mail is sent."),
        ),
    )
    port: int = option(587, About(gettext_lazy("Port"), Number(least=1, most=65_535)))
    security: str = option(
        MailSecurity.STARTTLS.value, About(gettext_lazy("Protection"), Choice(MailSecurity))
    )
    user: str = option("", About(gettext_lazy("User"), Words(max_chars=254)))
    password: str = option(
        "",
        About(
            gettext_lazy("Password"),
            Words(sealed=True),
            gettext_lazy("Kept encrypted. Left empty, the one it has stays."),
        ),
    )

    def more_faults(self) -> Iterator[tuple[str, str]]:
        """Check the server's name and the sender."""
        yield from mail_faults("sender", self.sender)
        if self.host and not _HOST.fullmatch(self.host):
            yield "host", _("This is not the name of a server.")
        if self.host and not self.sender:
            yield "sender", _("A mail server needs an address that mail comes from.")


class Sensitive(models.TextChoices):
    """What somebody wants to see of videos that are not for everybody."""

    HIDE = "hide", gettext_lazy("Leave them out of lists")
    ASK = "ask", gettext_lazy("Blur their pictures and ask first")
    SHOW = "show", gettext_lazy("Show them like others")


@dataclass(frozen=True, slots=True)
class FeatureSettings(Setting):
    """What people can do here."""

    KEY: ClassVar[str] = "features"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Features")

    comments: bool = switch(gettext_lazy("Comments"), on=True)
    posts: bool = switch(gettext_lazy("Posts of channels"), on=True)
    groups: bool = switch(gettext_lazy("Groups"), on=True)
    link_cards: bool = switch(
        gettext_lazy("Cards of linked pages"),
        gettext_lazy("Asks the first page that a post links to what it is about, once."),
        on=True,
    )
    playlists: bool = switch(gettext_lazy("Playlists"), on=True)
    downloads: bool = switch(
        gettext_lazy("Downloads"),
        gettext_lazy("Where a video's owner permits them."),
        on=True,
    )
    imports: bool = switch(gettext_lazy("Imports from an address"), on=True)
    embeds: bool = switch(gettext_lazy("Players on other sites"), on=True)
    anonymous_reports: bool = switch(
        gettext_lazy("Reports without an account"),
        gettext_lazy("European law asks for it (DSA, article 16)."),
        on=True,
    )
    sensitive: str = option(
        Sensitive.ASK.value,
        About(
            gettext_lazy("Videos that are not for everybody"),
            Choice(Sensitive),
            gettext_lazy("For visitors, and for people who have not chosen for themselves."),
        ),
    )


@dataclass(frozen=True, slots=True)
class LimitsSettings(Setting):
    """How much one person may bring; one person's own quota goes before it."""

    KEY: ClassVar[str] = "limits"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Limits")

    upload_bytes: int = option_made(
        _upload_bytes,
        About(
            gettext_lazy("Largest file"),
            Number(least=1_000_000, most=10_000 * _GB, unit="bytes"),
        ),
    )
    quota_bytes: int = option_made(
        _quota_bytes,
        About(gettext_lazy("Storage of one person"), Number(most=1_000_000 * _GB, unit="bytes")),
    )

    def more_faults(self) -> Iterator[tuple[str, str]]:
        """Check that the edge, which knows the environment alone, lets such files through."""
        most = environment().upload_max_bytes
        if self.upload_bytes > most:
            words = _("ANTENNE_UPLOAD_MAX_BYTES stops files at %(most)s bytes.")
            yield "upload_bytes", words % {"most": most}

    daily_uploads: int = option(
        0,
        About(
            gettext_lazy("Files one person may bring in a day"),
            Number(most=100_000),
            gettext_lazy("0: as many as fit."),
        ),
    )
    av1_views_daily: int = option(
        100,
        About(
            gettext_lazy("Encode again in AV1 what is watched so often a day"),
            Number(most=1_000_000_000),
            gettext_lazy("It takes fewer bytes over the line, and hours of work. 0: never."),
        ),
    )


@dataclass(frozen=True, slots=True)
class PrivacySettings(Setting):
    """How long what people do is kept, and how coarsely it is shown."""

    KEY: ClassVar[str] = "privacy"
    LABEL: ClassVar[str | Promise] = gettext_lazy("Privacy")

    events_days: int = option(
        90,
        About(
            gettext_lazy("Days for which single views are kept"),
            Number(least=1, most=3650),
            gettext_lazy("After that only sums remain."),
        ),
    )
    history_days: int = option(
        730,
        About(
            gettext_lazy("Days for which people's own history is kept"), Number(least=1, most=3650)
        ),
    )
    k_anonymity: int = option(
        5,
        About(
            gettext_lazy("Smallest group shown in statistics"),
            Number(least=2, most=1000),
            gettext_lazy("Groups of fewer people are put together."),
        ),
    )
    audit_days: int = option(
        3650,
        About(
            gettext_lazy("Days for which the log of operators is kept"),
            Number(least=180, most=36_500),
        ),
    )
    erasure_days: int = option(
        14,
        About(
            gettext_lazy("Days in which a person can take an erasure back"),
            Number(least=0, most=90),
        ),
    )
