from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0003_rulings")]

    operations = [
        migrations.AddIndex(
            model_name="commentruling",
            index=models.Index(
                condition=models.Q(("root__isnull", False)),
                fields=["root", "comment"],
                name="community_ruling_answers",
            ),
        ),
        migrations.AddIndex(
            model_name="commentruling",
            index=models.Index(
                condition=models.Q(("state", "shown"), _negated=True),
                fields=["subject", "-comment"],
                name="community_ruling_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentruling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pinned", True)),
                fields=("subject", "home"),
                name="community_ruling_one_pinned",
            ),
        ),
    ]
