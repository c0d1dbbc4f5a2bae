"""Logins, people, what lets them in, their mail, and how they leave.

`User` is the login and never leaves this installation; `Person` is the public name, and
everything public points to it.
"""

from antenne.accounts.models.access import AccessToken, Invitation, SetupLink, SignUpRequest
from antenne.accounts.models.leaving import DataExport, Erasure, ExportState
from antenne.accounts.models.mails import Mail, MailState
from antenne.accounts.models.people import PastHandle, Person, Preferences, Reach, User

__all__ = [
    "AccessToken",
    "DataExport",
    "Erasure",
    "ExportState",
    "Invitation",
    "Mail",
    "MailState",
    "PastHandle",
    "Person",
    "Preferences",
    "Reach",
    "SetupLink",
    "SignUpRequest",
    "User",
]
