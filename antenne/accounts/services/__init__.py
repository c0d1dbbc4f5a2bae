"""Writes of accounts, by what they change."""

from antenne.accounts.refusals import AccountRefused
from antenne.accounts.services.mails import mail_send, mail_send_to
from antenne.accounts.services.people import person_create, person_create_admin
from antenne.accounts.services.setup import setup_link_make, setup_link_use
from antenne.accounts.services.tokens import (
    TOKEN_PREFIX,
    TOKENS_MAX,
    access_token_create,
    access_token_revoke,
    access_token_touch,
)

__all__ = [
    "TOKENS_MAX",
    "TOKEN_PREFIX",
    "AccountRefused",
    "access_token_create",
    "access_token_revoke",
    "access_token_touch",
    "mail_send",
    "mail_send_to",
    "person_create",
    "person_create_admin",
    "setup_link_make",
    "setup_link_use",
]
