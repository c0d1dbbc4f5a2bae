"""Antenne: a video-sharing platform with replayable feeds and regional branches."""

from typing import Final

VERSION: Final = "0.1.0"
