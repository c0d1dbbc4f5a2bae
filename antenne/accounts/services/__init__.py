"""Writes of accounts, by what they change."""

from antenne.accounts.refusals import AccountRefused
from antenne.accounts.services.avatars import avatar_bring, avatar_drop
from antenne.accounts.services.exporting import export_ask, export_folder
from antenne.accounts.services.joining import (
    Wish,
    invitation_make,
    invitation_revoke,
    sign_up,
    sign_up_approve,
    sign_up_refuse,
    sign_up_shown,
    user_new,
)
from antenne.accounts.services.leaving import erasure_ask, erasure_cancel
from antenne.accounts.services.mails import mail_send, mail_send_to
from antenne.accounts.services.people import person_create, person_create_admin
from antenne.accounts.services.profile import Liking, preferences_set, profile_edit
from antenne.accounts.services.sessions import session_end, session_seen, sessions_end
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
    "Liking",
    "Wish",
    "access_token_create",
    "access_token_revoke",
    "access_token_touch",
    "avatar_bring",
    "avatar_drop",
    "erasure_ask",
    "erasure_cancel",
    "export_ask",
    "export_folder",
    "invitation_make",
    "invitation_revoke",
    "mail_send",
    "mail_send_to",
    "person_create",
    "person_create_admin",
    "preferences_set",
    "profile_edit",
    "session_end",
    "session_seen",
    "sessions_end",
    "setup_link_make",
    "setup_link_use",
    "sign_up",
    "sign_up_approve",
    "sign_up_refuse",
    "sign_up_shown",
    "user_new",
]
