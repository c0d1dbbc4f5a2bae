"""What lets somebody or something in: tokens and one-time links; only their hashes are kept."""

from __future__ import annotations

from django.db import models

from antenne.accounts.models.people import User
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7


class AccessToken(models.Model):
    """A personal access token; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the token's name."""
        return self.name


class SetupLink(models.Model):
    """The one-time link by which the first administrator is made; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the moment it was made."""
        return self.created_at.isoformat()
