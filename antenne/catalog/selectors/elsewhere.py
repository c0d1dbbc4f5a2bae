"""What of a video may leave this site: its player on other sites, and its file."""

from __future__ import annotations

from antenne.catalog.models import Video
from antenne.catalog.states import OPEN, Embedding
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings


def players_leave() -> bool:
    """Say whether players of this site may stand on others at all."""
    return setting_of(FeatureSettings).embeds


def embeddable(video: Video) -> bool:
    """Say whether a video may stand on other sites that anybody can see."""
    return players_leave() and video.visibility in OPEN and video.embedding != Embedding.NONE


def may_download(video: Video, *, owned: bool) -> bool:
    """Say whether a video may be fetched whole: always by its owners."""
    return owned or (video.downloadable and setting_of(FeatureSettings).downloads)
