"""Logins, people, what lets them in, and their mail.

`User` is the login and never leaves this installation; `Person` is the public name, and
everything public points to it.
"""

from antenne.accounts.models.access import AccessToken, SetupLink
from antenne.accounts.models.mails import Mail, MailState
from antenne.accounts.models.people import Person, Reach, User

__all__ = ["AccessToken", "Mail", "MailState", "Person", "Reach", "SetupLink", "User"]
