"""Channels, videos, and what people arrange of them."""

from antenne.catalog.models.channels import Channel, HandleRedirect
from antenne.catalog.models.files import ChannelOffer, FileWish, MediaFile
from antenne.catalog.models.playlists import Playlist, PlaylistEditor, PlaylistItem
from antenne.catalog.models.search import (
    CaptionLine,
    ChannelSearch,
    PlaylistSearch,
    SearchWord,
    Trend,
    VideoSearch,
)
from antenne.catalog.models.tallies import Tally
from antenne.catalog.models.teams import Invitation, Member
from antenne.catalog.models.translations import VideoTranslation
from antenne.catalog.models.videos import (
    POSTERS_CHOSEN,
    Caption,
    Epoch,
    Video,
    VideoLock,
    Withdrawal,
)

__all__ = [
    "POSTERS_CHOSEN",
    "Caption",
    "CaptionLine",
    "Channel",
    "ChannelOffer",
    "ChannelSearch",
    "Epoch",
    "FileWish",
    "HandleRedirect",
    "Invitation",
    "MediaFile",
    "Member",
    "Playlist",
    "PlaylistEditor",
    "PlaylistItem",
    "PlaylistSearch",
    "SearchWord",
    "Tally",
    "Trend",
    "Video",
    "VideoLock",
    "VideoSearch",
    "VideoTranslation",
    "Withdrawal",
]
