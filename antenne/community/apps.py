"""Django app of community."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """What people say to one another about videos."""

    name = "antenne.community"
    default_auto_field = "django.db.models.BigAutoField"
