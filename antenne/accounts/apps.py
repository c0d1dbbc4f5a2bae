"""Django app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, logins, tokens."""

    name = "antenne.accounts"
    default_auto_field = "django.db.models.BigAutoField"
