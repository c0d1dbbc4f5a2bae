"""Django app of moderation."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Reports, decisions with their reasons, and appeals."""

    name = "antenne.moderation"
    default_auto_field = "django.db.models.BigAutoField"
