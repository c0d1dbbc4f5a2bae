"""Indexes of what every list asks: limits to countries, and languages of translations."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first holds the few videos that are limited."""

    atomic = False
    dependencies = [
        ("catalog", "0012_playlist_search"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="video",
            index=models.Index(
                condition=models.Q(("geo", "all"), _negated=True),
                fields=["geo"],
                name="catalog_video_limited",
            ),
        ),
        AddIndexConcurrently(
            model_name="videotranslation",
            index=models.Index(fields=["language"], name="catalog_translation_language"),
        ),
    ]
