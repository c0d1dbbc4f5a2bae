"""Alice's video, about which everybody talks; rates that do not hinder a test."""

from __future__ import annotations

import pytest

from antenne.catalog.models import Channel, Video
from tests.factories.catalog import video_make


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video."""
    return video_make(channel)
