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
}
