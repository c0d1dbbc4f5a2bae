"""Writes to channels."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.handles import handle_free, handle_like
from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.refusals import CatalogRefused, NotFound, one_line
from antenne.catalog.selectors.channels import channel_owned, channels_of
from antenne.kernel.facts import Fact, fact_record


@transaction.atomic
def channel_create(*, person: Person, name: str, handle: str = "") -> Channel:
    """Make a channel of a person's; raise `CatalogRefused` where it has no name."""
    channel = Channel.objects.create(
        person=person,
        home=person.home,
        name=_name_clean(name),
        handle=_handle_new(handle or name, home=person.home),
    )
    fact_record(Fact("channel.edited", {"channel": str(channel.pk)}))
    return channel


def _name_clean(name: str) -> str:
    clean = one_line(name)[:80]
    if not clean:
        raise CatalogRefused(_("A channel needs a name."))
    return clean


@transaction.atomic
def channel_edit(
    *, by: Person, handle: str, name: str | None = None, description: str | None = None
) -> Channel:
    """Change what a channel of one's own says of itself; None leaves a thing as it is."""
    channel = channel_owned(handle, by=by)
    if name is not None:
        channel.name = _name_clean(name)
    if description is not None:
        channel.description = description[:5000]
    channel.save(update_fields=["name", "description"])
    fact_record(Fact("channel.edited", {"channel": str(channel.pk)}))
    return channel


def _handle_new(wish: str, *, home: str) -> str:
    """Return a handle like *wish* that no channel of *home* has."""
    base = handle_like(wish)
    near = Channel.objects.filter(home=home, handle__istartswith=base)
    return handle_free(base, set(near.values_list("handle", flat=True)))


@transaction.atomic
def channel_default(*, person: Person, handle: str = "") -> Channel:
    """Return the person's channel of that handle, or their first, made where there is none.

    Raises `NotFound` for a handle that is not one of theirs.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    own = channels_of(person)
    if handle:
        found = own.filter(handle__iexact=handle.removeprefix("@")).first()
        if found is None:
            raise NotFound(handle)
        return found
    return own.first() or channel_create(person=person, name=person.name, handle=person.handle)
