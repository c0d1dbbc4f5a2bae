"""An index that no query enters."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """Letters are read by their key, and forgotten by their age."""

    atomic = False
    dependencies = [
        ("accounts", "0008_token_scopes"),
    ]

    operations = [
        RemoveIndexConcurrently(model_name="mail", name="accounts_mail_state"),
    ]
