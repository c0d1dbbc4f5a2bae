"""Who is told when the people behind a channel change: those who are asked, join, give and get."""

from __future__ import annotations

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from antenne.accounts.models import Mail, Person
from antenne.accounts.services.mails import Letter, mail_send_to
from antenne.catalog.models import Channel, Invitation
from antenne.catalog.states import TeamRole
from antenne.community.services.letters import site_url
from antenne.community.services.notifications import News, news_tell
from antenne.community.states import Kind
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings


def invited_told(*, key: UUID) -> None:
    """Tell whoever was asked: on the page where they have an account, else by a letter."""
    rows = Invitation.objects.select_related("channel", "invited_by", "person")
    asked = rows.filter(pk=key).first()
    if asked is None:
        return
    person = asked.person or _person_at(asked.email)
    if person is None:
        _stranger_write(asked)
        return
    kind = "offered" if asked.role == TeamRole.OWNER else "asked"
    news = News(
        Kind.TEAM,
        f"{kind}:{key}:{asked.role}",
        actor=asked.invited_by,
        channel=asked.channel,
        path=reverse("studio_channels"),
    )
    news_tell(news=news, people=[person])


def _person_at(address: str) -> Person | None:
    """Return who has proved to have an address."""
    proved = EmailAddress.objects.filter(email__iexact=address, verified=True)
    return Person.objects.filter(user__in=proved.values("user")).first()


@transaction.atomic
def _stranger_write(asked: Invitation) -> None:
    """Write once to an address that nobody here has; the letter names who asks, and where."""
    kind = f"team.asked.{asked.pk.hex}"
    if Mail.objects.filter(kind=kind, address=asked.email).exists():
        return
    site = setting_of(SiteSettings)
    with override(site.language):
        said = {"who": asked.invited_by.name, "channel": asked.channel.name, "site": site.name}
        subject = _("%(who)s asks you into the team of “%(channel)s”") % said
        text = _("To answer, sign in to %(site)s or make an account with this address:") % said
        letter = Letter(kind, subject, f"{text}\n\n{site_url(reverse('studio_channels'))}")
        mail_send_to(address=asked.email, letter=letter)


def joined_told(*, channel_id: UUID, person_id: UUID) -> None:
    """Tell the owner of a channel who has joined its team."""
    channel = Channel.objects.select_related("person").filter(pk=channel_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if channel is None or person is None or channel.person_id == person.pk:
        return
    path = reverse("studio_channel", args=[channel.handle])
    key = f"joined:{channel_id.hex}:{person_id.hex}"
    news = News(Kind.TEAM, key, actor=person, channel=channel, path=path)
    news_tell(news=news, people=[channel.person])


def handed_over_told(*, channel_id: UUID, before: UUID, to: UUID, at: int) -> None:
    """Tell who had a channel and who has it now; *at* tells one handing over from another."""
    channel = Channel.objects.filter(pk=channel_id).first()
    people = {person.pk: person for person in Person.objects.filter(pk__in=[before, to])}
    if channel is None or to not in people:
        return
    path = reverse("studio_channel", args=[channel.handle])
    mine = News(Kind.TEAM, f"yours:{channel_id.hex}:{at}", channel=channel, path=path)
    news_tell(news=mine, people=[people[to]])
    if before in people:
        key = f"given:{channel_id.hex}:{at}"
        gone = News(Kind.TEAM, key, actor=people[to], channel=channel, path=path)
        news_tell(news=gone, people=[people[before]])
