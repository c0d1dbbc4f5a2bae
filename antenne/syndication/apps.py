"""Django app of syndication."""

from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    """What other sites and programs are told, and what is fetched from them."""

    name = "antenne.syndication"
    default_auto_field = "django.db.models.BigAutoField"
