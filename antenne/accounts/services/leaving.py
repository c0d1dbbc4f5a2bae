"""Leaving: asked for, taken back by signing in, and done after two weeks."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from antenne.accounts.models import Erasure, Invitation, Mail, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import language_of, operators_besides
from antenne.accounts.services.exporting import export_folder
from antenne.accounts.services.mails import mail_send
from antenne.accounts.services.sessions import sessions_end
from antenne.custody.ownership import labels_owned, rows_about
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open

GRACE_DAYS = 14


class SomethingRemains(Exception):
    """After an erasure something is still known of the person; the message names the models."""


@transaction.atomic
def erasure_ask(*, user: User) -> Erasure:
    """Have an account deleted in two weeks, sign it out everywhere, and say so in a letter.

    Raises `AccountRefused` for the only person who runs the site.
    """
    if user.is_operator and not operators_besides(user):
        raise AccountRefused(_("You alone run this site. Make somebody else run it first."))
    due = now() + timedelta(days=GRACE_DAYS)
    erasure, _made = Erasure.objects.get_or_create(
        user=user, defaults={"home": user.home, "due_at": due}
    )
    with override(language_of(user)):
        said = {
            "site": setting_of(SiteSettings).name,
            "day": date_format(erasure.due_at, "DATE_FORMAT"),
        }
        subject = _("Your account on %(site)s will be deleted") % said
        text = _(
            "It is deleted on %(day)s, with everything you have published."
            " Until then, signing in keeps it."
        )
    mail_send(user=user, kind="account.leaving", subject=subject, text=text % said)
    sessions_end(user=user)
    return erasure


def erasure_cancel(*, user: User) -> bool:
    """Keep an account after all; say whether it was about to be deleted."""
    rows, _each = Erasure.objects.filter(user=user, begun_at=None).delete()
    return rows > 0


def erasures_begin() -> None:
    """Begin to delete the accounts whose day has come: nobody can sign in to them any more."""
    due = Erasure.objects.filter(due_at__lte=now(), begun_at=None).values_list("pk", flat=True)
    for key in list(due):
        _erasure_begin(key)


@transaction.atomic
def _erasure_begin(key: UUID) -> None:
    rows = Erasure.objects.select_for_update(of=("self",)).select_related("user__person")
    erasure = rows.filter(pk=key, begun_at=None, due_at__lte=now()).first()
    if erasure is None:
        return
    erasure.begun_at = now()
    erasure.save(update_fields=["begun_at"])
    User.objects.filter(pk=erasure.user_id).update(is_active=False)
    fact_record(Fact("person.leaving", {"person": str(erasure.user.person.pk)}))


def person_erase(*, person_id: UUID) -> None:
    """Delete a login, its person and all that is theirs, once their videos are gone.

    Raises `SomethingRemains` where the data map still knows a row of theirs afterwards.
    """
    rows = User.objects.select_related("person", "erasure")
    user = rows.filter(person=person_id, erasure__begun_at__isnull=False).first()
    if user is None:
        return
    storage = storage_open(environment())
    for export in user.exports.all():
        storage.delete_prefix(f"media/{export_folder(export)}")
    storage.delete_prefix(f"media/{user.person.picture_folder}")
    with transaction.atomic():
        key, address = user.pk, user.email
        sessions_end(user=user)
        Mail.objects.filter(address__iexact=address).delete()
        Invitation.objects.filter(address__iexact=address).delete()
        user.person.delete()
        user.delete()
        left = [label for label in labels_owned() if rows_about(label, key).exists()]
        if left:
            raise SomethingRemains(", ".join(left))
