"""Rates, counted for all processes together; a crash may forget them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table is unlogged: it is written at each request and worth nothing a minute later."""

    dependencies = [("kernel", "0002_cache")]

    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("free_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["free_at"], name="kernel_ratecount_free")]},
        ),
        migrations.RunSQL(
            "ALTER TABLE kernel_ratecount SET UNLOGGED",
            "ALTER TABLE kernel_ratecount SET LOGGED",
        ),
    ]
