"""What is declared of the fields of `antenne.accounts`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected, public, restricted

MAP: dict[str, tuple[Entry, ...]] = {
    "accounts.User": (
        protected("id home is_active is_operator created_at last_login"),
        restricted("email password"),
    ),
    "accounts.Person": (public("id home handle name reach created_at"), protected("user")),
    "accounts.AccessToken": (
        restricted("id home user name digest created_at used_at expires_at", "until revoked"),
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
