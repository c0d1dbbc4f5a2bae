"""How somebody's account is secured: factors, passkeys, connections, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from antenne.accounts.models import User
from antenne.kernel.clock import now


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey of a person's."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Security:
    """All that guards an account; `recovery_left` is None where there are no recovery codes."""

    has_password: bool
    address: str
    address_new: str
    has_totp: bool
    passkeys: tuple[Passkey, ...]
    recovery_left: int | None
    connections: tuple[SocialAccount, ...]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which somebody is signed in."""

    id: int
    user_agent: str
    address: str
    begun_at: datetime
    seen_at: datetime
    here: bool


def security_of(user: User) -> Security:
    """Return what guards an account (three queries)."""
    addresses = list(EmailAddress.objects.filter(user=user).order_by("-verified", "pk"))
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    types = {factor.type: factor for factor in factors}
    codes = types.get(Authenticator.Type.RECOVERY_CODES)
    pending = [row.email for row in addresses if not row.verified]
    return Security(
        has_password=user.has_usable_password(),
        address=next((row.email for row in addresses if row.verified), user.email),
        address_new=pending[0] if pending else "",
        has_totp=Authenticator.Type.TOTP in types,
        passkeys=tuple(
            _passkey(factor) for factor in factors if factor.type == Authenticator.Type.WEBAUTHN
        ),
        recovery_left=len(codes.wrap().get_unused_codes()) if codes else None,
        connections=tuple(SocialAccount.objects.filter(user=user).order_by("pk")),
    )


def _passkey(factor: Authenticator) -> Passkey:
    return Passkey(factor.pk, factor.data.get("name", ""), factor.created_at, factor.last_used_at)


def signed_in_of(user: User, *, session_key: str | None) -> tuple[SignedIn, ...]:
    """Return where somebody is signed in, this browser first, then the latest used."""
    rows = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    keys = [row.session_key for row in rows]
    living = Session.objects.filter(session_key__in=keys, expire_date__gt=now())
    known = set(living.values_list("session_key", flat=True))
    found = [
        SignedIn(
            id=row.pk,
            user_agent=row.user_agent,
            address=row.ip,
            begun_at=row.created_at,
            seen_at=row.last_seen_at,
            here=row.session_key == session_key,
        )
        for row in rows
        if row.session_key in known
    ]
    return tuple(sorted(found, key=lambda row: not row.here))
