"""What lets somebody or something in: tokens and one-time links; only their hashes are kept."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from antenne.accounts.models.people import Person, User
from antenne.accounts.scopes import Scope, scopes_every
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7


class AccessToken(models.Model):
    """A personal access token; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(
        models.CharField(max_length=16),
        default=scopes_every,
        db_default=scopes_every(),
    )
    created_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the token's name."""
        return self.name

    @property
    def scopes_said(self) -> tuple[str, ...]:
        """Return what it may do, in words."""
        return tuple(str(Scope(scope).label) for scope in self.scopes)


class SetupLink(models.Model):
    """The one-time link by which the first administrator is made; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the moment it was made."""
        return self.created_at.isoformat()


class Invitation(models.Model):
    """A one-time link by which somebody may sign up; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    address = models.EmailField(max_length=254, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    guest = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the key: an address does not belong in logs."""
        return str(self.pk)


class SignUpRequest(models.Model):
    """Somebody who has signed up and waits for an operator; the row goes with the decision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="sign_up_request")
    message = models.TextField(max_length=1000, blank=True, default="")
    created_at = models.DateTimeField(default=now)

    class Meta:
        """The oldest is decided first."""

        indexes: ClassVar = [models.Index(fields=["created_at"], name="accounts_signup_age")]

    def __str__(self) -> str:
        """Return the key."""
        return str(self.pk)
