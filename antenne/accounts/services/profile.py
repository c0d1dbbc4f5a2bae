"""What people say of themselves and how they like the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import PastHandle, Person, Preferences
from antenne.accounts.models.people import LINK_MAX_CHARS
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import handle_check
from antenne.accounts.services.people import handles_lock, name_cleaned
from antenne.custody.settings import Sensitive
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend

ABOUT_MAX_CHARS = 1000
LINKS_MAX = 5
# Handles are kept for ever, so that old addresses lead on: nobody may collect them.
HANDLE_RATE = Rate("accounts.handle", limit=5, window_s=30 * 86_400)
_URL = URLValidator(schemes=("http", "https"))


def profile_edit(
    *,
    by: Person,
    name: str | None = None,
    handle: str | None = None,
    about: str | None = None,
    links: Sequence[str] | None = None,
) -> Person:
    """Change what a person says of themselves; None leaves a thing as it is.

    The old handle goes on leading to them. Raises `AccountRefused`, and `RateExceeded` where
    somebody changes handles too often.
    """
    if handle is not None and handle_check(handle, home=by.home, person=by) != by.handle:
        rate_spend(HANDLE_RATE, str(by.pk))
    with transaction.atomic():
        handles_lock()
        person = Person.objects.select_for_update().get(pk=by.pk)
        person.name = person.name if name is None else _name_needed(name)
        person.about = person.about if about is None else about.strip()[:ABOUT_MAX_CHARS]
        person.links = person.links if links is None else _links_checked(links)
        if handle is not None:
            _handle_change(person, handle_check(handle, home=person.home, person=person))
        person.save(update_fields=["name", "about", "links", "handle"])
        fact_record(Fact("person.edited", {"person": str(person.pk)}))
    return person


def _name_needed(name: str) -> str:
    clean = name_cleaned(name)
    if not clean:
        raise AccountRefused(_("A name needs at least one letter."))
    return clean


def _handle_change(person: Person, handle: str) -> None:
    if handle == person.handle:
        return
    PastHandle.objects.filter(handle__iexact=handle, home=person.home).delete()
    if handle != person.handle.lower():
        PastHandle.objects.create(home=person.home, person=person, handle=person.handle)
    person.handle = handle


def _links_checked(links: Sequence[str]) -> list[str]:
    clean = [link.strip() for link in links if link.strip()]
    if len(clean) > LINKS_MAX:
        raise AccountRefused(_("These are too many links: five are shown."))
    for link in clean:
        try:
            _URL(link)
        except ValidationError as error:
            word = {"word": link[:80]}
            raise AccountRefused(_("This is not an address: %(word)s") % word) from error
        if len(link) > LINK_MAX_CHARS:
            raise AccountRefused(_("This address is too long."))
    return clean


@dataclass(frozen=True, slots=True)
class Liking:
    """How somebody likes the site; *language* is empty for the browser's.

    What is *shown* stands on the person's page, for everybody.
    """

    language: str
    autoplay: bool
    data_saver: bool
    sensitive: str
    channels_shown: bool = True
    comments_shown: bool = False


@transaction.atomic
def preferences_set(*, by: Person, liking: Liking) -> Preferences:
    """Keep how a person likes the site; raise `AccountRefused` for what cannot be chosen."""
    languages = {"", *dict(settings.LANGUAGES)}
    if liking.sensitive not in Sensitive.values or liking.language not in languages:
        raise AccountRefused(_("This cannot be chosen."))
    kept, _made = Preferences.objects.update_or_create(
        person=by,
        defaults={
            "home": by.home,
            "language": liking.language,
            "autoplay": liking.autoplay,
            "data_saver": liking.data_saver,
            "sensitive": liking.sensitive,
            "channels_shown": liking.channels_shown,
            "comments_shown": liking.comments_shown,
        },
    )
    return kept
