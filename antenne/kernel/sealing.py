"""Texts that the database keeps but must not say: sealed under the installation's secret."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken

from antenne.kernel.signing import subkey

_MARK = "sealed:"


class SealBroken(Exception):
    """The text was sealed under another secret, or has been changed."""


def is_sealed(text: str) -> bool:
    """Say whether *text* was sealed by us."""
    return text.startswith(_MARK)


def text_seal(secret: str, purpose: str, text: str) -> str:
    """Return *text* so that only this installation, for this purpose, can read it."""
    return _MARK + _key(secret, purpose).encrypt(text.encode()).decode()


def text_unseal(secret: str, purpose: str, sealed: str) -> str:
    """Return what was sealed; raise `SealBroken` for anything else."""
    try:
        return _key(secret, purpose).decrypt(sealed.removeprefix(_MARK)).decode()
    except InvalidToken as error:
        raise SealBroken(purpose) from error


def _key(secret: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(subkey(secret, f"seal:{purpose}")))
