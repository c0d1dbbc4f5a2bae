"""Making people: a login and its public name."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.handles import handle_free, handle_like
from antenne.accounts.models import Person, User
from antenne.accounts.refusals import AccountRefused
from antenne.custody.selectors import region_home


def _handle_new(wish: str, *, home: str) -> str:
    """Return a handle like *wish* that no person of *home* has."""
    base = handle_like(wish)
    near = Person.objects.filter(home=home, handle__istartswith=base)
    return handle_free(base, set(near.values_list("handle", flat=True)))


@transaction.atomic
def person_create(*, email: str, password: str, name: str = "", operator: bool = False) -> Person:
    """Make a login and its public name; raise `AccountRefused` where one cannot be.

    Whoever calls it vouches for the address: it counts as verified.
    """
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from error
    if User.objects.filter(email__iexact=email).exists():
        raise AccountRefused(_("There is already an account with this address."))
    home = region_home().code
    user = User(email=email.lower(), home=home, is_operator=operator)
    user.set_password(password)
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    shown = name.strip() or email.partition("@")[0]
    return Person.objects.create(
        user=user, home=home, name=shown[:80], handle=_handle_new(shown, home=home)
    )


def person_create_admin(*, email: str, password: str, name: str = "") -> Person:
    """Make a person who may run the site."""
    return person_create(email=email, password=password, name=name, operator=True)
