"""What is declared of the fields of `antenne.accounts`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected, public, restricted

MAP: dict[str, tuple[Entry, ...]] = {
    "accounts.User": (
        protected("id home is_active is_operator language created_at last_login"),
        restricted("email password"),
    ),
    "accounts.Person": (
        public("id home handle name about links avatar reach created_at"),
        protected("user"),
    ),
    "accounts.PastHandle": (public("id home person handle created_at"),),
    "accounts.Preferences": (
        protected(
            "id home person language autoplay data_saver sensitive channels_shown comments_shown"
        ),
    ),
    "accounts.Invitation": (
        restricted(
            "id home digest address note by guest created_at expires_at used_at",
            "a week after it has run out",
        ),
    ),
    "accounts.SignUpRequest": (
        restricted("id home user message created_at", "until an operator decides"),
    ),
    "accounts.DataExport": (
        protected(
            "id home user state done_share path size_bytes created_at expires_at", "seven days"
        ),
    ),
    "accounts.Erasure": (protected("id home user created_at due_at begun_at", "fourteen days"),),
    "accounts.AccessToken": (
        restricted(
            "id home user name digest scopes created_at used_at expires_at", "until revoked"
        ),
    ),
    "accounts.Mail": (
        restricted(
            "id home user kind address subject text html headers state attempts reason created_at"
            " sent_at",
            "words until sent, the rest 30 days",
        ),
    ),
    "accounts.SetupLink": (operational("id digest created_at used_at", "until used"),),
}
