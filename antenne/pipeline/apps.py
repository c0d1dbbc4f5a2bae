"""Django app of pipeline."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """From an uploaded file to segments on the air."""

    name = "antenne.pipeline"
    default_auto_field = "django.db.models.BigAutoField"
