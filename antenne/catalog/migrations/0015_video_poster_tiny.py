from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0014_file_wish"),
    ]

    operations = [
        migrations.AddField(
            model_name="video",
            name="poster_tiny",
            field=models.CharField(blank=True, db_default="", max_length=96),
        ),
    ]
