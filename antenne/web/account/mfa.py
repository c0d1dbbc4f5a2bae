"""How second factors and passkeys are called and kept here."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.environment import environment
from antenne.kernel.sealing import is_sealed, text_seal, text_unseal

_SEAL = "mfa"


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """Secrets of authenticator apps and recovery codes are sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Return a secret as the database keeps it."""
        return text_seal(environment().secret, _SEAL, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that the database has kept."""
        if not is_sealed(encrypted_text):
            return encrypted_text
        return text_unseal(environment().secret, _SEAL, encrypted_text)

    def get_totp_issuer(self) -> str:
        """Return what an authenticator app shows beside its code."""
        return setting_of(SiteSettings).name

    def _get_site_name(self) -> str:
        return setting_of(SiteSettings).name

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's signature
        """Return how a new passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}
