"""Invented videos for the style guide: a long title, no picture, another script."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from antenne.kernel.clock import now


@dataclass(frozen=True, slots=True)
class SampleChannel:
    """What a card shows of a channel."""

    handle: str = "harbour"
    name: str = "Harbour Film Club"
    person_id: str = ""
    avatar: str = ""


@dataclass(frozen=True, slots=True)
class SampleVideo:
    """What a card shows of a video."""

    title: str
    state: str = "ready"
    get_state_display: str = "Ready"
    duration_ms: int = 0
    thumbhash: str = ""
    portrait: bool = False
    sensitive: bool = False
    public_id: str = "x000"
    poster: str = ""
    poster_small: str = ""
    poster_tiny: str = ""
    preview: str = ""
    visibility: str = "public"
    channel: SampleChannel = SampleChannel()
    published_at: datetime = field(default_factory=lambda: now() - timedelta(hours=5))


SAMPLES: Final = (
    SampleVideo("The last ferry of the season", duration_ms=754_000),
    SampleVideo(
        "An unreasonably long title about the restoration of a lighthouse, its lamp, its keepers "
        "and everything that the sea has taken from them since",
        state="on_air",
        thumbhash="1QcSHQRnh493V4dIh4eXh1h4kJUI",
    ),
    SampleVideo("What the storm left", duration_ms=93_000, sensitive=True),
    SampleVideo("الميناء في الليل", duration_ms=61_000, thumbhash="VvYRNQRod313B4h3eHhYiHeAiQUo"),
    SampleVideo("岸辺で夜明けを待つ人々", duration_ms=5_025_000, portrait=True),
)


@dataclass(frozen=True, slots=True)
class SamplePlaylist:
    """What a card shows of a playlist."""

    name: str
    person: SampleChannel = SampleChannel()
    person_id: str = ""
    public_id: str = "x000"
    get_visibility_display: str = "Public"


@dataclass(frozen=True, slots=True)
class SampleCard:
    """A playlist with its number of videos and its first picture."""

    playlist: SamplePlaylist
    count: int
    video: SampleVideo | None


PLAYLISTS: Final = (
    SampleCard(SamplePlaylist("Evenings at the harbour"), 4, SAMPLES[1]),
    SampleCard(SamplePlaylist("Nothing yet"), 0, None),
)


@dataclass(frozen=True, slots=True)
class SampleFigure:
    """What `components/figures.html` shows."""

    name: str
    value: int | str
    change_percent: int | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class SampleBar:
    """One row of `components/bars.html`."""

    name: str
    views: int
    watched: str
    percent: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class SampleBars:
    """What `components/bars.html` shows."""

    rows: tuple[SampleBar, ...] = (
        SampleBar("Phone", 8_204_113, "912,044 h", 82),
        SampleBar("Computer", 1_800_000, "204,100 h", 18),
    )
    title: str = "Watched on"
    column: str = "Device"
    key: str = "device"
    empty: str = ""


FIGURES: Final = (
    SampleFigure("Views", 10_004_113, 12, "One viewer counts once a day."),
    SampleFigure("Watch time", "0 s", None, "Everything that was played."),
)
BARS: Final = SampleBars()
