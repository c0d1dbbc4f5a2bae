"""The words of the audience: kinds of events, sources, devices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What a player said."""

    START = "start", "start"
    PROGRESS = "progress", "progress"
    END = "end", "end"


class Source(models.TextChoices):
    """From where somebody came to a video."""

    HOME = "home", _("Home page")
    SEARCH = "search", _("Search on this site")
    CHANNEL = "channel", _("Channel pages")
    VIDEO = "video", _("Other videos")
    PLAYLIST = "playlist", _("Playlists")
    FOLLOWED = "followed", _("Subscriptions and notifications")
    HISTORY = "history", _("History and watch later")
    OTHER = "other", _("Other pages of this site")
    EXTERNAL = "external", _("Links on other sites")
    EMBED = "embed", _("Players on other sites")
    DIRECT = "direct", _("Direct, or unknown")


class Device(models.TextChoices):
    """What somebody watched on."""

    DESKTOP = "desktop", _("Computer")
    PHONE = "phone", _("Phone")
    TABLET = "tablet", _("Tablet")
    TV = "tv", _("Television")
    OTHER = "other", _("Other")


class Dimension(models.TextChoices):
    """By what the figures of a day are divided."""

    SOURCE = "source", "source"
    SITE = "site", "site"
    DEVICE = "device", "device"
    COUNTRY = "country", "country"


BUCKETS = 100
"""Into how many parts of equal length a video is cut for its retention curve."""
