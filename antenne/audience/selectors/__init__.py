"""Reads of the audience, by what they are of."""

from antenne.audience.selectors.history import history_of, resume_positions, watching_on

__all__ = ["history_of", "resume_positions", "watching_on"]
