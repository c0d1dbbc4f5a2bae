"""Making people: a login and its public name."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from antenne.accounts.handles import handle_free, handle_like, handle_reserved
from antenne.accounts.models import PastHandle, Person, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import handle_check
from antenne.custody.selectors import region_home
from antenne.kernel.wording import one_line

NAME_MAX_CHARS = 80


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
    user = User(email=email.lower(), home=region_home().code, is_operator=operator)
    user.set_password(password)
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return person_attach(user=user, name=name)


def person_attach(*, user: User, name: str = "", handle: str = "") -> Person:
    """Make the public name of a login that has none, in the caller's transaction.

    Raises `AccountRefused` where a *handle* is wished that cannot be had.
    """
    handles_lock()
    shown = name_cleaned(name) or user.email.partition("@")[0]
    chosen = handle_check(handle, home=user.home) if handle else _handle_new(shown, user.home)
    return Person.objects.create(
        user=user, home=user.home, name=shown[:NAME_MAX_CHARS], handle=chosen
    )


def handles_lock() -> None:
    """Let nobody else take a handle until this transaction ends: each is looked for, then taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.handle'))")


def name_cleaned(name: str) -> str:
    """Return a name on one line, without control characters."""
    return one_line(name)[:NAME_MAX_CHARS]


def _handle_new(wish: str, home: str) -> str:
    """Return a handle like *wish* that no person of *home* has or had."""
    base = handle_like(wish)
    base = f"{base}-1" if handle_reserved(base) else base
    near = {"home": home, "handle__istartswith": base}
    taken = set(Person.objects.filter(**near).values_list("handle", flat=True))
    return handle_free(
        base, taken | set(PastHandle.objects.filter(**near).values_list("handle", flat=True))
    )


def person_create_admin(*, email: str, password: str, name: str = "") -> Person:
    """Make a person who may run the site."""
    return person_create(email=email, password=password, name=name, operator=True)
