"""Writes to the community, by what they are of."""
