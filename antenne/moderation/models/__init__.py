"""Reports, decisions with their reasons, appeals, suspensions."""

from antenne.moderation.models.decisions import Appeal, Decision, Suspension
from antenne.moderation.models.reports import Report

__all__ = ["Appeal", "Decision", "Report", "Suspension"]
