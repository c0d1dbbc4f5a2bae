"""How the data map is written: class, home rule, retention and basis of each field we keep.

Export, erasure, replication and documentation are made from the entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """What kind of data a field holds."""

    PUBLIC = "public"
    PROTECTED = "protected"
    RESTRICTED = "restricted"
    EXCEPTED = "excepted"
    OPERATIONAL = "operational"


class HomeRule(StrEnum):
    """Where the row may be."""

    HOME = "home"
    NETWORK = "network"
    INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is declared of some fields of one model."""

    fields: tuple[str, ...]
    data_class: DataClass
    home_rule: HomeRule
    retention: str
    basis: str


def _fields(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def public(names: str) -> Entry:
    """Return the entry of fields that everybody may see, abroad too."""
    return Entry(
        _fields(names), DataClass.PUBLIC, HomeRule.NETWORK, "until its owner removes it", "contract"
    )


def protected(names: str, retention: str = "until the account is erased") -> Entry:
    """Return the entry of fields that are personal and stay in their home region."""
    return Entry(_fields(names), DataClass.PROTECTED, HomeRule.HOME, retention, "contract")


def restricted(names: str, retention: str = "until the account is erased") -> Entry:
    """Return the entry of fields that are secret, contact data or private content."""
    return Entry(_fields(names), DataClass.RESTRICTED, HomeRule.HOME, retention, "contract")


def operational(names: str, retention: str = "as long as the row it serves") -> Entry:
    """Return the entry of fields that only the installation itself needs."""
    return Entry(
        _fields(names),
        DataClass.OPERATIONAL,
        HomeRule.INSTALLATION,
        retention,
        "legitimate interest: running the service",
    )
