"""Antenne: a video-sharing platform with replayable feeds and regional branches."""
