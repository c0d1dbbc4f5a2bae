"""Changes of settings by those who run the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from smtplib import SMTPException
from typing import Any, TypeVar
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.custody.logos import logo_keep
from antenne.custody.mail import mail_connection, mail_leaves, mail_sender
from antenne.custody.selectors import setting_of, setting_versions
from antenne.custody.services import setting_restore, setting_write
from antenne.custody.settings import Setting, SettingRefused, SiteSettings
from antenne.custody.settings.declaring import ValueUnknown, abouts_of, sealed_fields
from antenne.kernel.rate import Rate, rate_spend
from antenne.kernel.sealing import SealBroken
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.settings import HIDDEN

MAIL_TEST_RATE = Rate("moderation.mail_test", limit=5, window_s=300)
LOGOS = ("logo", "logo_dark", "icon")
Kept = TypeVar("Kept", bound=Setting)


def setting_change(*, by: Person, value: Kept, reason: str, on: int | None = None) -> Kept:
    """Write a setting; raise `NotAllowed`, or `SettingRefused` with what is wrong by field."""
    operator_check(by)
    return setting_write(value=value, by=by.pk, reason=reason, on=on)


def setting_values_change(
    *,
    by: Person,
    kind: type[Setting],
    values: Mapping[str, object],
    reason: str = "",
    on: int | None = None,
) -> Setting:
    """Write some fields of a setting as they are stored; the others stay, and hidden secrets.

    Raises `NotAllowed`, or `SettingRefused` also for a field that the setting has not.
    """
    operator_check(by)
    abouts, secret = abouts_of(kind), sealed_fields(kind)
    read: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, raw in values.items():
        if name in secret and raw == HIDDEN:
            continue
        try:
            read[name] = abouts[name].kind.read(raw)
        except (KeyError, ValueUnknown):
            faults[name[:80]] = _("This is not known here.")
    if faults:
        raise SettingRefused(faults)
    return setting_change(by=by, value=replace(setting_of(kind), **read), reason=reason, on=on)


def setting_return(*, by: Person, version_id: UUID, reason: str = "") -> Setting:
    """Write again what an older version said; raise `NotAllowed` or `SettingRefused`."""
    operator_check(by)
    if not setting_versions().filter(pk=version_id).exists():
        raise SettingRefused({"": _("There is no such version.")})
    return setting_restore(version_id=version_id, by=by.pk, reason=reason)


def logo_set(*, by: Person, field: str, data: bytes, reason: str = "") -> SiteSettings:
    """Make an image the site's logo, or take it away where *data* is empty."""
    operator_check(by)
    if field not in LOGOS:
        raise SettingRefused({"": _("There is no such logo.")})
    name = logo_keep(data) if data else ""
    site = setting_of(SiteSettings)
    images = {"logo": site.logo, "logo_dark": site.logo_dark, "icon": site.icon} | {field: name}
    logo, dark, icon = (images[each] for each in LOGOS)
    value = replace(site, logo=logo, logo_dark=dark, icon=icon)
    return setting_write(value=value, by=by.pk, reason=reason)


def mail_test(*, by: Person, address: str) -> None:
    """Send a letter with the current settings; raise `ModerationRefused` with what went wrong."""
    operator_check(by)
    rate_spend(MAIL_TEST_RATE, str(by.pk))
    site = setting_of(SiteSettings).name
    if not mail_leaves():
        raise ModerationRefused(_("There is no mail server yet: mails go to the log."))
    letter = EmailMessage(
        subject=_("A test from %(site)s") % {"site": site},
        body=_("If you read this, mail leaves %(site)s.") % {"site": site},
        from_email=mail_sender(),
        to=[address],
    )
    try:
        letter.connection = mail_connection()
        letter.send()
    except (OSError, SMTPException, SealBroken) as error:
        words = _("The mail could not be sent: %(error)s")
        raise ModerationRefused(
            words % {"error": str(error)[:300] or type(error).__name__}
        ) from error
