"""Reads of syndication, by what they are of."""
