"""Django app of web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Server-rendered pages."""

    name = "antenne.web"
