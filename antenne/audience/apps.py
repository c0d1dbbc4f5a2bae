"""Django app of the audience."""

from django.apps import AppConfig


class AudienceConfig(AppConfig):
    """Beacons, views, history, statistics."""

    name = "antenne.audience"
    default_auto_field = "django.db.models.BigAutoField"
