"""Watching: the page of a video, its embed, and what players ask for."""
