"""Kinds and states of reports, decisions and appeals.

Values in capitals are those of the European Commission's Transparency Database, so that a
statement of reasons can be sent there as it is kept.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """What a report or a decision is about."""

    VIDEO = "video", _("Video")
    CHANNEL = "channel", _("Channel")
    PERSON = "person", _("Person")
    COMMENT = "comment", _("Comment")


class Complaint(models.TextChoices):
    """What somebody says is wrong."""

    ILLEGAL = "illegal", _("It is against the law")
    CHILD = "child", _("It harms children")
    VIOLENCE = "violence", _("Violence or cruelty")
    HATE = "hate", _("Hatred or harassment")
    PRIVACY = "privacy", _("It shows or names me without my consent")
    COPYRIGHT = "copyright", _("It uses a work without permission")
    DECEPTION = "deception", _("Fraud or deception")
    SELF_HARM = "self_harm", _("It leads to self-harm")
    SPAM = "spam", _("Spam")
    SENSITIVE = "sensitive", _("Not for everybody, and not marked so")
    OTHER = "other", _("Something else")


URGENT: Final = (Complaint.CHILD, Complaint.SELF_HARM)
"""Read first."""

CATEGORY_OF: Final[dict[str, str]] = {
    Complaint.ILLEGAL: "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE",
    Complaint.CHILD: "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
    Complaint.VIOLENCE: "STATEMENT_CATEGORY_VIOLENCE",
    Complaint.HATE: "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    Complaint.PRIVACY: "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    Complaint.COPYRIGHT: "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    Complaint.DECEPTION: "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    Complaint.SELF_HARM: "STATEMENT_CATEGORY_SELF_HARM",
    Complaint.SPAM: "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    Complaint.SENSITIVE: "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    Complaint.OTHER: "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
}


class ReportState(models.TextChoices):
    """How far a report has come."""

    OPEN = "open", _("Open")
    DECIDED = "decided", _("Decided")


class Action(models.TextChoices):
    """What is done."""

    NONE = "none", _("Nothing: it stays")
    SENSITIVE = "sensitive", _("Mark it as sensitive")
    WITHDRAW = "withdraw", _("Take it off the air")
    SUSPEND = "suspend", _("Suspend its owner")


class Ground(models.TextChoices):
    """On which ground something is restricted."""

    TERMS = "DECISION_GROUND_INCOMPATIBLE_CONTENT", _("It breaks the terms of this site")
    LAW = "DECISION_GROUND_ILLEGAL_CONTENT", _("It is against the law")


class Source(models.TextChoices):
    """What led to a decision."""

    NOTICE = "SOURCE_ARTICLE_16", _("Somebody reported it")
    OWN = "SOURCE_VOLUNTARY", _("We looked ourselves")


class AppealState(models.TextChoices):
    """How far an appeal has come."""

    OPEN = "open", _("Open")
    UPHELD = "upheld", _("The decision stands")
    REVERSED = "reversed", _("The decision was taken back")


EVERYWHERE: Final = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IS",
    "IT",
    "LI",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "NO",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
"""The countries that the Transparency Database knows: a decision of ours holds in all."""
APPEAL_DAYS: Final = 183
"""Six months (DSA, article 20)."""
