"""Writes of the audience, by what they are of."""
