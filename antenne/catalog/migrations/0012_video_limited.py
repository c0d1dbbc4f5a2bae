"""An index of the few videos that are limited to some countries."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Every list asks whether there is any."""

    atomic = False
    dependencies = [
        ("catalog", "0011_found_likely"),
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
    ]
