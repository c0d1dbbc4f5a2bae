import django.contrib.postgres.fields
from django.db import migrations, models


_FILL = """
    UPDATE catalog_videosearch s
    SET geo = v.geo, geo_countries = v.geo_countries, sensitive = v.sensitive
    FROM catalog_video v WHERE v.id = s.video_id AND (v.geo <> 'all' OR v.sensitive)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0009_search_storage"),
    ]

    operations = [
        migrations.AddField(
            model_name="videosearch",
            name="geo",
            field=models.CharField(
                choices=[
                    ("all", "Everywhere"),
                    ("only", "Only in these countries"),
                    ("except", "Everywhere but in these countries"),
                ],
                db_default="all",
                default="all",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="videosearch",
            name="geo_countries",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2),
                blank=True,
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="videosearch",
            name="sensitive",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
