"""Reads of moderation, by what they are of; each says who may read it."""
