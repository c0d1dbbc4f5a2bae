"""The cache table, in which rate limits are counted for all web processes together."""

from django.db import migrations


class Migration(migrations.Migration):
    """The table is the one that Django's `createcachetable` would make."""

    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE kernel_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX kernel_cache_expires ON kernel_cache (expires);
            """,
            "DROP TABLE kernel_cache",
        ),
    ]
