"""States and kinds of what people do together, as pure rules."""

from __future__ import annotations

from math import log2
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

_FORTNIGHT_S: Final = 14 * 24 * 3600
_STEP: Final = 1000


class Ruled(models.TextChoices):
    """What the home of a video or post has decided about a comment on it."""

    SHOWN = "shown", _("Shown")
    HELD = "held", _("Held for review")
    HIDDEN = "hidden", _("Hidden")


class Cause(models.TextChoices):
    """Why a comment is not simply shown."""

    NONE = "", ""
    REVIEW = "review", _("Every comment on this video is read first")
    WORDS = "words", _("It has a word that you block")
    LINKS = "links", _("It has several links")
    KEEPER = "keeper", _("Decided by the channel")
    SITE = "site", _("Decided by the site")


class Sort(models.TextChoices):
    """The order of comments."""

    TOP = "top", _("Top")
    NEWEST = "new", _("Newest")


class Bell(models.TextChoices):
    """What a subscriber hears of a channel."""

    ALL = "all", _("Everything")
    NONE = "none", _("Nothing")


class Kind(models.TextChoices):
    """What a notification is about."""

    VIDEO = "video", _("A channel you follow publishes a video")
    POST = "post", _("A channel or group you follow publishes a post")
    COMMENT = "comment", _("Somebody comments on what you published")
    HELD = "held", _("A comment waits for your review")
    REPLY = "reply", _("Somebody answers you")
    MENTION = "mention", _("Somebody mentions you")
    HEART = "heart", _("A channel marks your comment")
    GROUP = "group", _("Somebody asks to join your group, or you were let in")
    TEAM = "team", _("Somebody asks you into a team, or a channel changes hands")
    REPORT = "report", _("A report of yours is decided, or one about you")
    ACCOUNT = "account", _("Something about your account")
    DESK = "desk", _("Something waits at the desk")


class MailPace(models.TextChoices):
    """How soon a notification is told by e-mail."""

    NEVER = "never", _("No e-mail")
    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


PACE_FIRST: Final[dict[str, MailPace]] = {
    Kind.VIDEO: MailPace.WEEKLY,
    Kind.POST: MailPace.WEEKLY,
    Kind.REPLY: MailPace.DAILY,
    Kind.MENTION: MailPace.DAILY,
    Kind.COMMENT: MailPace.DAILY,
    Kind.HELD: MailPace.DAILY,
    Kind.TEAM: MailPace.NOW,
    Kind.REPORT: MailPace.NOW,
    Kind.ACCOUNT: MailPace.NOW,
    Kind.DESK: MailPace.DAILY,
}
"""The pace of a kind before anybody has chosen; a kind that is not named here sends no e-mail."""


class Joining(models.TextChoices):
    """How people come into a group."""

    OPEN = "open", _("Everybody may join")
    APPROVAL = "approval", _("A moderator lets people in")


class Role(models.TextChoices):
    """What somebody is in a group."""

    OWNER = "owner", _("Owner")
    MODERATOR = "moderator", _("Moderator")
    MEMBER = "member", _("Member")
    ASKED = "asked", _("Has asked to join")
    BANNED = "banned", _("Banned")


INSIDE: Final = (Role.OWNER, Role.MODERATOR, Role.MEMBER)
LEADING: Final = (Role.OWNER, Role.MODERATOR)


def comment_score(*, likes: int, replies: int, hearted: bool, made_s: float) -> int:
    """Return what the order "top" goes by: a fortnight of age weighs as much as half the points.

    It does not change as time passes, so nothing has to be counted again.
    """
    points = 1 + likes + replies / 2 + 3 * hearted
    return round(_STEP * (log2(points) + made_s / _FORTNIGHT_S))
