"""Django app of catalog."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Videos and channels; the one owner of visibility."""

    name = "antenne.catalog"
    default_auto_field = "django.db.models.BigAutoField"
