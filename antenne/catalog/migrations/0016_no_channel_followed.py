"""An index that no query enters."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """Channels are listed by whether something in them is found, not by a count."""

    atomic = False
    dependencies = [
        ("catalog", "0015_video_poster_tiny"),
    ]

    operations = [
        RemoveIndexConcurrently(model_name="channelsearch", name="catalog_channel_followed"),
    ]
