"""States and visibilities of a video, as pure rules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may watch."""

    PUBLIC = "public", _("Public")
    UNLISTED = "unlisted", _("Unlisted")
    PRIVATE = "private", _("Private")
    PASSWORD = "password", _("With a password")
    SCHEDULED = "scheduled", _("Scheduled")
    # By those who run the site; its owner cannot choose it, nor leave it.
    WITHDRAWN = "withdrawn", _("Withdrawn")


VISIBILITIES_CHOSEN = [
    (value, label) for value, label in Visibility.choices if value != Visibility.WITHDRAWN
]
"""What an owner may choose."""


class State(models.TextChoices):
    """How far a video has come."""

    AWAITING = "awaiting", _("Waiting for its file")
    PROCESSING = "processing", _("Processing")
    ON_AIR = "on_air", _("On the air")
    READY = "ready", _("Complete")
    REFUSED = "refused", _("Refused")


PLAYABLE = (State.ON_AIR, State.READY)
OPEN = (Visibility.PUBLIC, Visibility.UNLISTED)


class Embedding(models.TextChoices):
    """On which sites a video may stand."""

    ALL = "all", _("Everywhere")
    LISTED = "listed", _("On listed sites")
    NONE = "none", _("Nowhere")


class Audience(models.TextChoices):
    """Who sees a row that hangs on a video or channel."""

    EVERYBODY = "everybody", _("Everybody")
    LINK = "link", _("Whoever has the link")
    OWNERS = "owners", _("Its owners")


AUDIENCE_OF: dict[str, Audience] = {
    Visibility.PUBLIC: Audience.EVERYBODY,
    Visibility.UNLISTED: Audience.LINK,
    Visibility.PRIVATE: Audience.OWNERS,
    Visibility.PASSWORD: Audience.OWNERS,
    Visibility.SCHEDULED: Audience.OWNERS,
    Visibility.WITHDRAWN: Audience.OWNERS,
}


class PlaylistKind(models.TextChoices):
    """What a playlist is for."""

    NAMED = "named", _("Playlist")
    LATER = "later", _("Watch later")


class PlaylistVisibility(models.TextChoices):
    """Who may see a playlist."""

    PUBLIC = "public", _("Public")
    UNLISTED = "unlisted", _("Unlisted")
    PRIVATE = "private", _("Private")


class Category(models.TextChoices):
    """What a video is about; the values are those of the Dailymotion-compatible API."""

    ANIMALS = "animals", _("Animals")
    AUTO = "auto", _("Cars and motors")
    CREATION = "creation", _("Arts and design")
    FUN = "fun", _("Comedy")
    KIDS = "kids", _("Children")
    LIFESTYLE = "lifestyle", _("Lifestyle")
    MUSIC = "music", _("Music")
    NEWS = "news", _("News")
    PEOPLE = "people", _("People")
    SCHOOL = "school", _("Education")
    SHORTFILMS = "shortfilms", _("Film")
    SPORT = "sport", _("Sport")
    TECH = "tech", _("Science and technology")
    TRAVEL = "travel", _("Travel")
    TV = "tv", _("Television")
    VIDEOGAMES = "videogames", _("Games")
    WEBCAM = "webcam", _("Webcam")


class Licence(models.TextChoices):
    """What others may do with a video; the values are SPDX identifiers where there is one."""

    RESERVED = "", _("All rights reserved")
    CC0 = "CC0-1.0", _("Public domain (CC0)")
    CC_BY = "CC-BY-4.0", _("CC BY: with attribution")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA: share alike")
    CC_BY_NC = "CC-BY-NC-4.0", _("CC BY-NC: not for money")
    CC_BY_ND = "CC-BY-ND-4.0", _("CC BY-ND: unchanged")
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", _("CC BY-NC-SA: not for money, share alike")
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", _("CC BY-NC-ND: not for money, unchanged")


class Commenting(models.TextChoices):
    """Whether people may comment on a video."""

    OPEN = "open", _("Everybody signed in")
    HELD = "held", _("Shown once you have read them")
    OFF = "off", _("Nobody")


class Geo(models.TextChoices):
    """How the list of countries of a video is meant."""

    ALL = "all", _("Everywhere")
    ONLY = "only", _("Only in these countries")
    EXCEPT = "except", _("Everywhere but in these countries")


class TallyKind(models.TextChoices):
    """What is counted of a video, a channel, a comment, a post."""

    VIEWS = "views", "views"
    LIKES = "likes", "likes"
    COMMENTS = "comments", "comments"
    FOLLOWERS = "followers", "followers"
    VIDEOS = "videos", "videos"
    SAVES = "saves", "saves"


class TeamRole(models.TextChoices):
    """What somebody may do in a channel; `owner` is the channel's person, or an offer to be it."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    EDITOR = "editor", _("Editor")
    STATISTICS = "statistics", _("Reads the statistics")


class Power(models.TextChoices):
    """What is asked for, from the least to the most."""

    STATISTICS = "statistics", "statistics"
    EDIT = "edit", "edit"
    MANAGE = "manage", "manage"
    OWN = "own", "own"


POWERS_OF: dict[str, tuple[Power, ...]] = {
    TeamRole.OWNER: (Power.STATISTICS, Power.EDIT, Power.MANAGE, Power.OWN),
    TeamRole.MANAGER: (Power.STATISTICS, Power.EDIT, Power.MANAGE),
    TeamRole.EDITOR: (Power.STATISTICS, Power.EDIT),
    TeamRole.STATISTICS: (Power.STATISTICS,),
}
