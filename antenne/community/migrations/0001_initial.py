import antenne.kernel.clock
import antenne.kernel.ids
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0001_initial"), ("catalog", "0003_video_community")]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=antenne.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("home", models.CharField(max_length=8)),
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
                ("subject", models.UUIDField()),
                ("body", models.TextField(max_length=5000)),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                ("edited_at", models.DateTimeField(null=True)),
                ("removed", models.BooleanField(db_default=False, default=False)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="accounts.person",
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="community.comment",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="community.comment",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="comments",
                        to="catalog.video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=antenne.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("public_id", models.CharField(editable=False, max_length=12)),
                ("home", models.CharField(max_length=8)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody"),
                            ("link", "Whoever has the link"),
                            ("owners", "Its owners"),
                        ],
                        db_default="everybody",
                        default="everybody",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("body", models.TextField(blank=True, db_default="", default="", max_length=10000)),
                (
                    "commenting",
                    models.CharField(
                        choices=[
                            ("open", "Everybody signed in"),
                            ("held", "Shown once you have read them"),
                            ("off", "Nobody"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=8,
                    ),
                ),
                ("epoch", models.PositiveIntegerField(db_default=1, default=1)),
                (
                    "reach",
                    models.CharField(
                        choices=[("home", "home"), ("network", "network")],
                        db_default="home",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                ("edited_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="catalog.channel",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=antenne.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("home", models.CharField(max_length=8)),
                ("handle", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=80)),
                ("about", models.TextField(blank=True, db_default="", default="", max_length=2000)),
                (
                    "joining",
                    models.CharField(
                        choices=[
                            ("open", "Everybody may join"),
                            ("approval", "A moderator lets people in"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "reach",
                    models.CharField(
                        choices=[("home", "home"), ("network", "network")],
                        db_default="home",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("handle"),
                        models.F("home"),
                        name="community_group_handle_once",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="LinkCard",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="community.post",
                    ),
                ),
                ("home", models.CharField(max_length=8)),
                ("url", models.CharField(max_length=2000)),
                ("title", models.CharField(max_length=200)),
                ("text", models.CharField(blank=True, db_default="", default="", max_length=300)),
                ("site", models.CharField(blank=True, db_default="", default="", max_length=100)),
            ],
        ),
        migrations.AddField(
            model_name="post",
            name="group",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="posts",
                to="community.group",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="posts",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="video",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalog.video",
            ),
        ),
        migrations.CreateModel(
            name="Like",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=antenne.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("home", models.CharField(max_length=8)),
                ("subject", models.UUIDField()),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                (
                    "comment",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="liked",
                        to="community.comment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likes",
                        to="accounts.person",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="liked",
                        to="catalog.video",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="liked",
                        to="community.post",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="comment",
            name="post",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="comments",
                to="community.post",
            ),
        ),
    ]
