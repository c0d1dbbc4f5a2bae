"""What is declared of the fields of `antenne.catalog`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected, public, restricted

MAP: dict[str, tuple[Entry, ...]] = {
    "catalog.Channel": (
        public(
            "id home person handle name description avatar banner links featured reach created_at"
        ),
        protected("defaults", "until the channel is removed"),
    ),
    "catalog.HandleRedirect": (public("id home handle channel created_at"),),
    "catalog.Member": (
        protected("id home channel person role created_at", "until they leave the team"),
    ),
    "catalog.Invitation": (
        protected("id home channel person role invited_by created_at", "until it is answered"),
        restricted("email", "until it is answered"),
    ),
    "catalog.VideoTranslation": (public("id home audience video language title description"),),
    "catalog.Video": (
        public(
            "id public_id home channel title description language visibility audience publish_at"
            " published_at embedding embed_sites category tags licence sensitive commenting"
            " slow_mode_s downloadable premiere geo geo_countries chapters reach created_at"
            " updated_at state refusal stream duration_ms width_px height_px thumbhash"
            " poster poster_small poster_tiny preview storyboard epoch"
        ),
    ),
    "catalog.VideoLock": (restricted("video password", "until the video is removed"),),
    "catalog.Withdrawal": (
        restricted("id home video cause visibility reason created_at", "until it is given back"),
    ),
    "catalog.Epoch": (operational("video epoch", "for ever: a removed video stays refused"),),
    "catalog.Caption": (public("id home audience video language label path origin created_at"),),
    "catalog.MediaFile": (
        public("id home audience video path type size_bytes width_px height_px created_at"),
    ),
    "catalog.ChannelOffer": (public("id home channel files rights ahead"),),
    # whose files are taken, by each installation for its own store
    "catalog.FileWish": (
        operational("subject began_at asked_at", "90 days after it was last asked"),
    ),
    "catalog.Playlist": (
        public(
            "id public_id home person kind title description visibility audience created_at"
            " updated_at"
        ),
    ),
    "catalog.PlaylistItem": (
        public("id home audience list_audience playlist video person position created_at"),
    ),
    "catalog.PlaylistEditor": (public("id home playlist person created_at"),),
    "catalog.Tally": (public("id subject home kind value"),),
    # search and trends, computed by each installation
    "catalog.VideoSearch": (
        operational(
            "video channel audience language category tags spoken duration_ms side_px published_at"
            " geo geo_countries sensitive views words head vector made_at"
        ),
    ),
    "catalog.CaptionLine": (operational("id audience video caption start_ms text vector"),),
    "catalog.ChannelSearch": (operational("channel head followers videos made_at"),),
    "catalog.PlaylistSearch": (operational("playlist words head made_at"),),
    "catalog.SearchWord": (operational("word uses", "while somebody's title uses it"),),
    "catalog.Trend": (operational("video audience language category heat counted"),),
}
