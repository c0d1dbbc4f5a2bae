import antenne.kernel.clock
import antenne.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Notification",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("video", "A channel you follow publishes a video"),
                            ("post", "A channel or group you follow publishes a post"),
                            ("comment", "Somebody comments on what you published"),
                            ("held", "A comment waits for your review"),
                            ("reply", "Somebody answers you"),
                            ("mention", "Somebody mentions you"),
                            ("heart", "A channel marks your comment"),
                            ("group", "Somebody asks to join your group, or you were let in"),
                            ("report", "A report of yours is decided, or one about you"),
                            ("account", "Something about your account"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("note", models.CharField(blank=True, db_default="", default="", max_length=500)),
                ("path", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("in_page", models.BooleanField(db_default=True, default=True)),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("never", "No e-mail"),
                            ("now", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                        ],
                        db_default="never",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                ("read_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
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
                    "comment",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="community.comment",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="community.group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="accounts.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="community.post",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="told",
                        to="catalog.video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotificationWish",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("video", "A channel you follow publishes a video"),
                            ("post", "A channel or group you follow publishes a post"),
                            ("comment", "Somebody comments on what you published"),
                            ("held", "A comment waits for your review"),
                            ("reply", "Somebody answers you"),
                            ("mention", "Somebody mentions you"),
                            ("heart", "A channel marks your comment"),
                            ("group", "Somebody asks to join your group, or you were let in"),
                            ("report", "A report of yours is decided, or one about you"),
                            ("account", "Something about your account"),
                        ],
                        max_length=12,
                    ),
                ),
                ("in_page", models.BooleanField(db_default=True, default=True)),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("never", "No e-mail"),
                            ("now", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="accounts.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonBlock",
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
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                (
                    "blocked",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocked_by",
                        to="accounts.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="accounts.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostPhoto",
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
                ("position", models.PositiveSmallIntegerField()),
                ("path", models.CharField(max_length=96)),
                ("width_px", models.PositiveIntegerField()),
                ("height_px", models.PositiveIntegerField()),
                ("alt", models.CharField(blank=True, db_default="", default="", max_length=500)),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="community.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WordBlock",
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
                ("word", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="accounts.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommentOrigin",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="origin",
                        serialize=False,
                        to="community.comment",
                    ),
                ),
                ("home", models.CharField(max_length=8)),
                ("address_hash", models.CharField(max_length=32)),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["address_hash"], name="community_origin_address"),
                    models.Index(fields=["created_at"], name="community_origin_age"),
                ]
            },
        ),
    ]
