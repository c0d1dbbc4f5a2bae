"""People and tokens from the command line; needs Django, so only `late.platform_call` loads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from antenne.accounts.models import User
from antenne.accounts.services import AccountRefused, access_token_create, person_create_admin
from antenne.cli.late import CommandRefused
from antenne.cli.prepare import database_prepare
from antenne.kernel.clock import now


def admin_create(*, email: str, password: str, name: str) -> str:
    """Make an administrator and say so; raise CommandRefused where one cannot be made."""
    database_prepare()
    try:
        person = person_create_admin(email=email, password=password, name=name)
    except AccountRefused as error:
        raise CommandRefused(str(error)) from error
    return _("%(email)s may now sign in and run the site, as @%(handle)s.") % {
        "email": email,
        "handle": person.handle,
    }


def token_create(*, email: str, name: str, scopes: Sequence[str] = (), days: int = 0) -> str:
    """Make an access token for the person with *email* and return it.

    Without *scopes* it may do all that the person may, without *days* it holds until revoked.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandRefused(_("Nobody has the address %(email)s.") % {"email": email})
    end = now() + timedelta(days=days) if days else None
    try:
        return access_token_create(user=user, name=name, scopes=scopes or None, expires_at=end)
    except AccountRefused as error:
        raise CommandRefused(str(error)) from error
