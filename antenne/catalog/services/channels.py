"""Writes to channels."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.handles import HANDLE_CHARS, handle_free, handle_like
from antenne.accounts.models import Person
from antenne.catalog.models import Channel, HandleRedirect, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.channels import channel_owned, channels_of
from antenne.catalog.selectors.teams import channels_with
from antenne.catalog.services.videos import video_remove
from antenne.catalog.states import Power
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.wording import one_line

CHANNELS_MAX: Final = 50
LINKS_MAX: Final = 10
_HANDLE_LEAST: Final = 3
_REMOVED_AT_ONCE: Final = 200


@transaction.atomic
def channel_create(*, person: Person, name: str, handle: str = "") -> Channel:
    """Make a channel of a person's; raise `CatalogRefused` where it has no name."""
    if channels_of(person).count() >= CHANNELS_MAX:
        raise CatalogRefused(_("These are as many channels as one person may have."))
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
    *,
    by: Person,
    handle: str,
    name: str | None = None,
    description: str | None = None,
    links: list[dict[str, str]] | None = None,
    featured: str | None = None,
) -> Channel:
    """Change what a channel says of itself; None leaves a thing as it is."""
    channel = channel_owned(handle, by=by)
    if name is not None:
        channel.name = _name_clean(name)
    if description is not None:
        channel.description = description[:5000]
    if links is not None:
        channel.links = links_clean(links)
    if featured is not None:
        channel.featured = _featured_clean(channel, featured)
    channel.save(update_fields=["name", "description", "links", "featured"])
    fact_record(Fact("channel.edited", {"channel": str(channel.pk)}))
    return channel


def links_clean(links: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return links to web addresses, each with a title; raise `CatalogRefused` for others."""
    clean: list[dict[str, str]] = []
    for link in links:
        url = one_line(link.get("url", "")).replace(" ", "")[:2000]
        if not url:
            continue
        if "://" not in url:
            url = f"https://{url}"
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
            raise CatalogRefused(_("This is not a web address: %(word)s") % {"word": url[:80]})
        title = one_line(link.get("title", ""))[:60] or (parts.hostname or "")
        clean.append({"title": title.removeprefix("www."), "url": url})
    if len(clean) > LINKS_MAX:
        raise CatalogRefused(_("At most %(count)s links.") % {"count": LINKS_MAX})
    return clean


def _featured_clean(channel: Channel, public_id: str) -> str:
    if public_id and not Video.objects.filter(channel=channel, public_id=public_id).exists():
        raise CatalogRefused(_("This video is not in the channel."))
    return public_id


@transaction.atomic
def channel_rename(*, by: Person, handle: str, wish: str) -> Channel:
    """Give a channel another handle; the one it had leads to it from now on."""
    channel = channel_owned(handle, by=by, power=Power.OWN)
    new = wish.strip().removeprefix("@").lower()
    if new == channel.handle.lower():
        return channel
    if new != handle_like(new) or not _HANDLE_LEAST <= len(new) <= HANDLE_CHARS:
        raise CatalogRefused(_("A handle has 3 to 24 letters from a to z, digits or hyphens."))
    if new in _handles_taken(new, home=channel.home, but=channel):
        raise CatalogRefused(_("Somebody else has this handle."))
    HandleRedirect.objects.filter(channel=channel, handle__iexact=new).delete()
    HandleRedirect.objects.create(home=channel.home, handle=channel.handle, channel=channel)
    channel.handle = new
    channel.save(update_fields=["handle"])
    fact_record(Fact("channel.edited", {"channel": str(channel.pk)}))
    return channel


def _handles_taken(base: str, *, home: str, but: Channel | None = None) -> set[str]:
    """Return the handles that begin like *base* and lead to a channel already."""
    taken: set[str] = set()
    now = Channel.objects.filter(home=home, handle__istartswith=base)
    before = HandleRedirect.objects.filter(home=home, handle__istartswith=base)
    if but is not None:
        now, before = now.exclude(pk=but.pk), before.exclude(channel=but)
    taken.update(handle.lower() for handle in now.values_list("handle", flat=True))
    taken.update(handle.lower() for handle in before.values_list("handle", flat=True))
    return taken


def _handle_new(wish: str, *, home: str) -> str:
    """Return a handle like *wish* that no channel of *home* has or had."""
    base = handle_like(wish)
    return handle_free(base, _handles_taken(base, home=home))


def channel_remove(*, by: Person, handle: str) -> None:
    """Take a channel away with its videos; raise `CatalogRefused` where there are too many.

    Each video goes by itself: what was removed stays so where this is interrupted.
    """
    channel = channel_owned(handle, by=by, power=Power.OWN)
    videos = list(Video.objects.filter(channel=channel).values_list("public_id", flat=True))
    if len(videos) > _REMOVED_AT_ONCE:
        raise CatalogRefused(_("This channel has too many videos: remove those first."))
    for public_id in videos:
        video_remove(by=by, public_id=public_id)
    with transaction.atomic():
        gone: dict[str, Any] = {"channel": str(channel.pk), "folder": channel.picture_folder}
        fact_record(Fact("channel.removed", gone))
        channel.delete()


@transaction.atomic
def channel_default(*, person: Person, handle: str = "") -> Channel:
    """Return the channel of that handle, or the person's first, made where there is none.

    Raises `NotFound` for a handle of a channel in which they may not edit.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if handle:
        mine = channels_with(person, Power.EDIT)
        found = mine.filter(handle__iexact=handle.removeprefix("@")).first()
        if found is None:
            raise NotFound(handle)
        return found
    own = channels_of(person)
    return own.first() or channel_create(person=person, name=person.name, handle=person.handle)
