"""Whose whole files are taken, and channels that have them made ahead."""

from django.db import migrations, models

import antenne.kernel.clock


class Migration(migrations.Migration):
    """One new table and one new column with a default in the database."""

    dependencies = [
        ("catalog", "0013_video_limited"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileWish",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                ("asked_at", models.DateTimeField(db_index=True, default=antenne.kernel.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="channeloffer",
            name="ahead",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
