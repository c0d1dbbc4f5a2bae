"""What a token may do; those that there are keep everything."""

import django.contrib.postgres.fields
from django.db import migrations, models

import antenne.accounts.scopes


class Migration(migrations.Migration):
    """Add the scopes; code that runs already makes tokens with all of them."""

    dependencies = [
        ("accounts", "0007_user_signing_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesstoken",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                db_default=["read", "videos", "community", "account", "desk"],
                default=antenne.accounts.scopes.scopes_every,
                size=None,
            ),
        ),
    ]
