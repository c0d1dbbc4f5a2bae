"""Writes to the catalog, by what they change."""
