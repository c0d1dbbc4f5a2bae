"""What people may choose, as pure rules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class Sensitive(models.TextChoices):
    """What a person wants to see of videos that are not for everybody."""

    HIDE = "hide", gettext_lazy("Leave them out of lists")
    ASK = "ask", gettext_lazy("Blur their pictures and ask first")
    SHOW = "show", gettext_lazy("Show them like others")
