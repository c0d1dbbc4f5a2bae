"""The login, which never leaves this installation, and the public name it stands behind."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from antenne.custody.settings import Sensitive
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.kernel.written import written

LINK_MAX_CHARS = 500


class UserManager(BaseUserManager["User"]):
    """Finds a login by its address, whatever the case of its letters."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the login of an e-mail address."""
        return self.get(email__iexact=username)


class SigningInManager(UserManager):
    """Reads a login with its public name and preferences: pages need all three (one query)."""

    def get_queryset(self) -> models.QuerySet[User]:
        """Return logins, each with its person and their preferences where there are any."""
        return super().get_queryset().select_related("person__preferences")

    def get(self, *conditions: object, **fields: object) -> User:
        """Return one login; by its key alone, as sessions ask for it, in SQL that is there."""
        if conditions or fields.keys() != {"pk"} or not isinstance(fields["pk"], UUID):
            return super().get(*conditions, **fields)
        found = _by_key(fields["pk"])
        if not found:
            raise self.model.DoesNotExist
        return found[0]


class User(AbstractBaseUser):
    """A login: an address and a password."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    # What its person read the site in when they signed up: letters are written in it.
    language = models.CharField(max_length=8, blank=True, db_default="", default="")
    created_at = models.DateTimeField(default=now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # The first is the one with which Django reads the login of a session.
    signing_in: ClassVar[SigningInManager] = SigningInManager()
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        """One login an address."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_once"),
        ]

    def __str__(self) -> str:
        """Return the key: an address is contact data and does not belong in logs."""
        return str(self.pk)


@written
def _by_key(key: UUID) -> models.QuerySet[User]:
    return User.signing_in.filter(pk=key)


class Reach(models.TextChoices):
    """How far a public row travels."""

    HOME = "home", "home"
    NETWORK = "network", "network"


class Person(models.Model):
    """A public name: handle and display name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    user = models.OneToOneField(User, on_delete=models.CASCADE, null=True, related_name="person")
    handle = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    about = models.TextField(max_length=1000, blank=True, db_default="", default="")
    links = ArrayField(
        models.URLField(max_length=LINK_MAX_CHARS), default=list, blank=True, db_default=[]
    )
    avatar = models.CharField(max_length=64, blank=True, db_default="", default="")
    reach = models.CharField(max_length=8, choices=Reach, default=Reach.HOME)
    created_at = models.DateTimeField(default=now)

    user_id: UUID | None

    class Meta:
        """Handles are unique in their region."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("handle"), "home", name="accounts_person_handle_once"),
        ]

    def __str__(self) -> str:
        """Return the handle."""
        return self.handle

    @property
    def picture_folder(self) -> str:
        """Return the folder of the person's pictures below `media`: no video's, of 12 letters."""
        return f"p{self.pk.hex[-11:]}"


class PastHandle(models.Model):
    """A handle that a person had: its addresses lead to the person, and nobody else may take it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="past_handles")
    handle = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=now)

    class Meta:
        """A handle leads to one person."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("handle"), "home", name="accounts_pasthandle_once"),
        ]

    def __str__(self) -> str:
        """Return the handle."""
        return self.handle


class Preferences(models.Model):
    """How a person likes to use the site; no row means that nothing was ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preferences")
    language = models.CharField(max_length=8, blank=True, default="")
    autoplay = models.BooleanField(default=True)
    data_saver = models.BooleanField(default=False)
    sensitive = models.CharField(max_length=4, choices=Sensitive, default=Sensitive.ASK)
    # What the person's page lists beside what they say of themselves.
    channels_shown = models.BooleanField(db_default=True, default=True)
    comments_shown = models.BooleanField(db_default=False, default=False)

    def __str__(self) -> str:
        """Return the person's key."""
        return str(self.pk)
