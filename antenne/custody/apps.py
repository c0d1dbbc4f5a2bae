"""Django app of custody."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Regions, antennes and the data map."""

    name = "antenne.custody"
    default_auto_field = "django.db.models.BigAutoField"
