"""Leaving: asked for, taken back by signing in, done after the days of grace (decision 0022)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from antenne.accounts.models import Erasure, Invitation, Mail, User
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import addresses_of, language_of, operators_besides
from antenne.accounts.services.exporting import export_folder
from antenne.accounts.services.mails import mail_send
from antenne.accounts.services.sessions import sessions_end
from antenne.custody.ownership import PERSON, USER, naming
from antenne.custody.selectors import setting_of
from antenne.custody.settings import PrivacySettings, SiteSettings
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open

_AGAIN_DAYS = 1


class SomethingRemains(Exception):
    """After an erasure something still names the person; the message says which columns."""


@transaction.atomic
def erasure_ask(*, user: User) -> Erasure:
    """Have an account deleted in some days, sign it out everywhere, and say so in a letter.

    Raises `AccountRefused` for the only person who runs the site.
    """
    if user.is_operator and not operators_besides(user):
        raise AccountRefused(_("You alone run this site. Make somebody else run it first."))
    due = now() + timedelta(days=setting_of(PrivacySettings).erasure_days)
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
    """Begin to delete the accounts whose day has come: nobody can sign in to them any more.

    One that was begun a day ago and is still there is begun again: a step of it was given up.
    """
    for key in list(_due().values_list("pk", flat=True)):
        _erasure_begin(key)


def _due() -> QuerySet[Erasure]:
    fresh = Q(begun_at=None) | Q(begun_at__lte=now() - timedelta(days=_AGAIN_DAYS))
    return Erasure.objects.filter(fresh, due_at__lte=now())


@transaction.atomic
def _erasure_begin(key: UUID) -> None:
    rows = _due().select_for_update(of=("self",)).select_related("user__person")
    erasure = rows.filter(pk=key).first()
    if erasure is None:
        return
    erasure.begun_at = now()
    erasure.save(update_fields=["begun_at"])
    User.objects.filter(pk=erasure.user_id).update(is_active=False)
    fact_record(Fact("person.leaving", {"person": str(erasure.user.person.pk)}))


def person_erase(*, person_id: UUID) -> None:
    """Delete a login, its person and all that is theirs, once every domain has let go of them.

    Raises `SomethingRemains` where a column of the data map still names them afterwards.
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
        key, addresses = user.pk, addresses_of(user)
        sessions_end(user=user)
        Mail.objects.annotate(low=Lower("address")).filter(low__in=addresses).delete()
        Invitation.objects.annotate(low=Lower("address")).filter(low__in=addresses).delete()
        user.person.delete()
        user.delete()
        left = naming(USER, key) + naming(PERSON, person_id)
        if left:
            raise SomethingRemains(", ".join(left))
