"""A login is read with its public name; nothing changes in the database."""

import django.db.models.manager
from django.db import migrations


class Migration(migrations.Migration):
    """Note the first manager."""

    dependencies = [
        ("accounts", "0006_language"),
    ]

    operations = [
        migrations.AlterModelManagers(
            name="user",
            managers=[
                ("signing_in", django.db.models.manager.Manager()),
            ],
        ),
    ]
