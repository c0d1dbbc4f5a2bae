"""Django app of kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Facts and their handlers' receipts."""

    name = "antenne.kernel"
    default_auto_field = "django.db.models.BigAutoField"
