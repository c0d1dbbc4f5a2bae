"""Tokens of people, and how they come in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from allauth.account.models import EmailAddress

from antenne.accounts.models import Mail, Person, User
from antenne.accounts.selectors import token_living
from antenne.accounts.services import access_token_create
from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import SignUpSettings
from tests.cast import login_of


def token_make(person: Person, name: str = "a test", *, scopes: Sequence[str] | None = None) -> str:
    """Make an access token of a person's and return its secret; it may do all unless told."""
    return access_token_create(user=login_of(person), name=name, scopes=scopes)


def token_holder(secret: str) -> User | None:
    """Return whom a token lets in, or None where it lets nobody in."""
    found = token_living(secret)
    return found.user if found else None


def mode_set(mode: str, *, domains: tuple[str, ...] = (), terms: bool = False) -> None:
    """Say who may sign up."""
    rules = replace(setting_of(SignUpSettings), mode=mode, domains=domains, terms_required=terms)
    setting_write(value=rules, by=None)


def address_verify(person: Person) -> None:
    """Have somebody shown that their address is theirs."""
    user = login_of(person)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def code_sent(address: str) -> str:
    """Return the code of the last letter to an address."""
    text = Mail.objects.filter(address=address).latest("created_at").text
    found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", text, flags=re.MULTILINE)
    assert found is not None, text
    return found[0]


def link_sent(address: str) -> str:
    """Return the path of the last link in the last letter to an address."""
    text = Mail.objects.filter(address=address).latest("created_at").text
    return str(re.findall(r"https?://[^/\s]+(/\S+)", text)[-1])
