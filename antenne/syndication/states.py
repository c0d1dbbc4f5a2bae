"""States of what is sent to other sites and fetched from them, as pure rules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HookEvent(models.TextChoices):
    """What a webhook can be told of."""

    PUBLISHED = "video.published", _("A video is published")
    COMPLETED = "video.completed", _("Every quality of a video is there")
    REMOVED = "video.removed", _("A public video is no longer public")


PING = "ping"
"""What is sent when somebody tries a webhook."""


class DeliveryState(models.TextChoices):
    """How far a message to a webhook has come."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class Period(models.IntegerChoices):
    """How often a feed is read, in minutes."""

    ONCE = 0, _("Once")
    QUARTER = 15, _("Every fifteen minutes")
    HOUR = 60, _("Every hour")
    DAY = 1440, _("Every day")


class EntryState(models.TextChoices):
    """What became of an entry of somebody else's feed."""

    IMPORTED = "imported", _("Imported")
    SKIPPED = "skipped", _("Left out")
    FAILED = "failed", _("Failed")
