"""Writes of syndication, by what they are to."""
