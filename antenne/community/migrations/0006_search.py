import antenne.kernel.clock
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0009_search_storage"),
        ("community", "0005_no_link_card"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupSearch",
            fields=[
                (
                    "group",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="found",
                        serialize=False,
                        to="community.group",
                    ),
                ),
                ("words", models.TextField(blank=True, db_default="")),
                ("head", django.contrib.postgres.search.SearchVectorField()),
                ("made_at", models.DateTimeField(default=antenne.kernel.clock.now)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["head"], name="community_groupsearch_head"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostSearch",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="found",
                        serialize=False,
                        to="community.post",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody"),
                            ("link", "Whoever has the link"),
                            ("owners", "Its owners"),
                        ],
                        max_length=12,
                    ),
                ),
                ("posted_at", models.DateTimeField()),
                ("words", models.TextField(blank=True, db_default="")),
                ("head", django.contrib.postgres.search.SearchVectorField()),
                ("made_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.channel",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="community.group",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["head"], name="community_postsearch_head"
                    ),
                    models.Index(fields=["-posted_at", "-post"], name="community_postsearch_new"),
                ],
            },
        ),
    ]
