"""Probing, ladders, commands and packaging as plain Python."""
