"""Reads from the catalog, by what they are of."""
