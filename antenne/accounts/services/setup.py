"""The one-time link that makes the first administrator."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person, SetupLink
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import operators_exist, secret_digest, setup_link_holds
from antenne.accounts.services.people import person_create_admin
from antenne.kernel.clock import now


@transaction.atomic
def setup_link_make() -> str | None:
    """Return the secret of a fresh one-time link, or None where an administrator exists.

    Links made before lose their power.
    """
    if operators_exist():
        return None
    SetupLink.objects.filter(used_at=None).delete()
    secret = secrets.token_urlsafe(24)
    SetupLink.objects.create(digest=secret_digest(secret))
    return secret


@transaction.atomic
def setup_link_use(*, secret: str, email: str, password: str, name: str) -> Person:
    """Make the first administrator; raise `AccountRefused` where the link has no power."""
    link = SetupLink.objects.select_for_update().filter(digest=secret_digest(secret)).first()
    if link is None or not setup_link_holds(secret):
        raise AccountRefused(_("This link has been used or has been replaced by a newer one."))
    link.used_at = now()
    link.save(update_fields=["used_at"])
    return person_create_admin(email=email, password=password, name=name)
