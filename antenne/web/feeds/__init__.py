"""Feeds, sitemaps and what else programs read."""
