"""Words that rank stay in the row: lists walk along rows and read them of each."""

from django.db import migrations


class Migration(migrations.Migration):
    """Rows that are there keep the words where they are until they are written again."""

    dependencies = [
        ("catalog", "0008_channels_teams"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE catalog_videosearch ALTER COLUMN head SET STORAGE MAIN,"
            " ALTER COLUMN words SET STORAGE MAIN",
            "ALTER TABLE catalog_videosearch ALTER COLUMN head SET STORAGE EXTENDED,"
            " ALTER COLUMN words SET STORAGE EXTENDED",
        ),
    ]
