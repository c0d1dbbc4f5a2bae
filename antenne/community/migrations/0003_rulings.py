import antenne.kernel.clock
import antenne.kernel.ids
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0002_notifications")]

    operations = [
        migrations.CreateModel(
            name="CommentRuling",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ruling",
                        serialize=False,
                        to="community.comment",
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
                ("root", models.UUIDField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("shown", "Shown"),
                            ("held", "Held for review"),
                            ("hidden", "Hidden"),
                        ],
                        db_default="shown",
                        max_length=8,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("review", "Every comment on this video is read first"),
                            ("words", "It has a word that you block"),
                            ("links", "It has several links"),
                            ("keeper", "Decided by the channel"),
                            ("site", "Decided by the site"),
                        ],
                        db_default="",
                        default="",
                        max_length=8,
                    ),
                ),
                ("pinned", models.BooleanField(db_default=False, default=False)),
                ("hearted", models.BooleanField(db_default=False, default=False)),
                ("score", models.BigIntegerField(db_default=0, default=0)),
                ("replies", models.PositiveIntegerField(db_default=0, default=0)),
                ("ruled_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="comment_rulings",
                        to="community.post",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="comment_rulings",
                        to="catalog.video",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
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
                    "bell",
                    models.CharField(
                        choices=[("all", "Everything"), ("none", "Nothing")],
                        db_default="all",
                        default="all",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed",
                        to="catalog.channel",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("bell", "all")),
                        fields=["channel", "id"],
                        name="community_follow_told",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "channel", "home"), name="community_follow_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("moderator", "Moderator"),
                            ("member", "Member"),
                            ("asked", "Has asked to join"),
                            ("banned", "Banned"),
                        ],
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(default=antenne.kernel.clock.now)),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="community.group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_roles",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["group", "role", "created_at"], name="community_member_role"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "person", "home"), name="community_member_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["channel", "-created_at"], name="community_post_of_channel"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["group", "-created_at"], name="community_post_of_group"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("public_id", "home"), name="community_post_public_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__isnull", False), ("group__isnull", False), _connector="XOR"
                ),
                name="community_post_in_one_place",
            ),
        ),
        migrations.AddIndex(
            model_name="like",
            index=models.Index(
                condition=models.Q(("video__isnull", False)),
                fields=["person", "-created_at"],
                name="community_like_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="like",
            index=models.Index(fields=["subject"], name="community_like_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="like",
            constraint=models.UniqueConstraint(
                fields=("person", "subject", "home"), name="community_like_once"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["person", "-created_at"], name="community_comment_of_person"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["subject"], name="community_comment_subject"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["root"], name="community_comment_thread"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("video__isnull", False), ("post__isnull", False), _connector="XOR"
                ),
                name="community_comment_about_one",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("in_page", True)),
                fields=["person", "-created_at"],
                name="community_notification_page",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("in_page", True), ("read_at__isnull", True)),
                fields=["person"],
                name="community_notification_new",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(
                    models.Q(("pace", "never"), _negated=True), ("mailed_at__isnull", True)
                ),
                fields=["pace", "person"],
                name="community_notification_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("person", "key", "home"), name="community_notification_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="notificationwish",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "home"), name="community_wish_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="personblock",
            constraint=models.UniqueConstraint(
                fields=("person", "blocked", "home"), name="community_personblock_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="postphoto",
            constraint=models.UniqueConstraint(
                fields=("post", "position", "home"), name="community_photo_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wordblock",
            constraint=models.UniqueConstraint(
                models.F("person"),
                django.db.models.functions.text.Lower("word"),
                models.F("home"),
                name="community_wordblock_once",
            ),
        ),
        migrations.AddIndex(
            model_name="commentruling",
            index=models.Index(
                condition=models.Q(("root__isnull", True), ("state", "shown")),
                fields=["subject", "-pinned", "-score", "-comment"],
                name="community_ruling_top",
            ),
        ),
        migrations.AddIndex(
            model_name="commentruling",
            index=models.Index(
                condition=models.Q(("root__isnull", True), ("state", "shown")),
                fields=["subject", "-pinned", "-comment"],
                name="community_ruling_newest",
            ),
        ),
    ]
