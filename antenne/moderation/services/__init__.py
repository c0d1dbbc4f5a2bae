"""Writes of moderation, by what they change; each checks who may."""
