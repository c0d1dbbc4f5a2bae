"""Indexes of large sites: the most viewed matches of a search, and the newest channels."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The expression of the first is the one of `catalog.selectors.likely.WordsAndViews`."""

    atomic = False
    dependencies = [
        ("catalog", "0010_search_limits"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS catalog_found_likely ON catalog_videosearch"
            " USING gin ((vector || array_to_tsvector(ARRAY['#' || length((views)::text)])))"
            " WHERE audience = 'everybody'",
            "DROP INDEX IF EXISTS catalog_found_likely",
        ),
        AddIndexConcurrently(
            model_name="channel",
            index=models.Index(fields=["-created_at", "-id"], name="catalog_channel_newest"),
        ),
    ]
