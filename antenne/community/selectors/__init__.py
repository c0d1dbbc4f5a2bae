"""Reads from the community, by what they are of."""
