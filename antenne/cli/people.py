"""People and tokens from the command line; needs Django, so only `late.platform_call` loads it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from antenne.accounts.models import User
from antenne.accounts.services import AccountRefused, access_token_create, person_create_admin
from antenne.cli.late import CommandRefused
from antenne.cli.prepare import database_prepare


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


def token_create(*, email: str, name: str) -> str:
    """Make an access token for the person with *email* and return it."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandRefused(_("Nobody has the address %(email)s.") % {"email": email})
    return access_token_create(user=user, name=name)
