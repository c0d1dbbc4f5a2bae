"""An index that no query enters."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """Where comments came from is written, and forgotten by its age."""

    atomic = False
    dependencies = [
        ("community", "0011_desk_notices"),
    ]

    operations = [
        RemoveIndexConcurrently(model_name="commentorigin", name="community_origin_address"),
    ]
