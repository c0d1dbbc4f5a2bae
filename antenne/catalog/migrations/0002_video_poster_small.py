from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="video",
            name="poster_small",
            field=models.CharField(blank=True, db_default="", max_length=96),
        ),
    ]
