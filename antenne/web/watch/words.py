"""The player's words, handed to its script."""

from __future__ import annotations

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def player_words() -> dict[str, str]:
    """Return every string that the player's script shows, in the person's language."""
    return dict(_words(get_language()))


@cache
def _words(_language: str | None) -> dict[str, str]:
    return {**_buttons(), **_menu(), **_notes(), **_sheets(), **_ending(), **_panels()}


def _buttons() -> dict[str, str]:
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "mute": _("Mute"),
        "unmute": _("Sound on"),
        "fullscreen": _("Full screen"),
        "fullscreenLeave": _("Leave full screen"),
        "timeOf": _("%(time)s of %(duration)s"),
    }


def _menu() -> dict[str, str]:
    return {
        "quality": _("Quality"),
        "auto": _("Automatic"),
        "speed": _("Speed"),
        "speedNormal": _("Normal"),
        "audio": _("Sound track"),
        "captions": _("Captions"),
        "loop": _("Repeat"),
        "dataSaver": _("Save data"),
        "autoplayNext": _("Play the next video by itself"),
        "mini": _("Keep playing while looking around"),
        "captionsOff": _("Off"),
        "captionSize": _("Size of captions"),
        "captionSize.s": _("Small"),
        "captionSize.m": _("Medium"),
        "captionSize.l": _("Large"),
        "captionSize.xl": _("Very large"),
        "captionLook": _("Look of captions"),
        "captionLook.box": _("White on grey"),
        "captionLook.solid": _("White on black"),
        "captionLook.shadow": _("Shadow only"),
        "captionLook.yellow": _("Yellow"),
    }


def _notes() -> dict[str, str]:
    return {
        "captionsNone": _("This video has no captions"),
        "notYet": _("That part is still being encoded"),
        "notYetShort": _("Not encoded yet"),
        "air": _("On the air, %(quality)s"),
        "coming": _("%(quality)s is on its way"),
        "arrived": _("%(quality)s is ready"),
        "offlineNow": _("You are offline"),
        "secondsBack": _("%(seconds)s seconds back"),
        "secondsOn": _("%(seconds)s seconds on"),
    }


def _sheets() -> dict[str, str]:
    return {
        "processing.title": _("On its way to the air"),
        "processing.text": _("It starts by itself as soon as the first seconds are ready."),
        "sensitive.title": _("Not for everybody"),
        "sensitive.text": _("The people who made this video say that some may not want to see it."),
        "sensitive.watch": _("Watch it"),
        "sensitive.always": _("Do not ask again in this browser"),
        "refused.title": _("This file could not be used"),
        "refused.text": _("The file could not be turned into a video."),
        "private.title": _("No longer open to you"),
        "private.text": _("Who may watch this video has changed. Load the page again to see more."),
        "removed.title": _("This video has been removed"),
        "removed.text": _("It was deleted while the page was open."),
        "offline.title": _("You are offline"),
        "offline.text": _("It goes on where it stopped once you are back."),
        "broken.title": _("The video stopped"),
        "broken.text": _("It could not be loaded. Your place is kept."),
        "unsupported.title": _("This browser cannot play it"),
        "unsupported.text": _("It knows neither Media Source Extensions nor HLS. Try a newer one."),
    }


def _ending() -> dict[str, str]:
    return {
        "upNext": _("Up next"),
        "upNextIn": _("Up next in %(seconds)s s"),
        "playNow": _("Play now"),
        "cancel": _("Cancel"),
        "again": _("Watch again"),
    }


def _panels() -> dict[str, str]:
    return {
        "miniBack": _("Back to the video"),
        "miniClose": _("Close the small player"),
        "transcriptNone": _("This track has no lines."),
        "transcriptMissed": _("No line says this."),
        "transcriptFound": _("%(count)s lines"),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "close": _("Close"),
        "nerds": _("Statistics for nerds"),
        "nerds.video": _("Video"),
        "nerds.picture": _("Picture, player"),
        "nerds.codecs": _("Codecs"),
        "nerds.quality": _("Quality"),
        "nerds.bitrate": _("Rate"),
        "nerds.line": _("Your connection"),
        "nerds.buffer": _("Loaded ahead"),
        "nerds.frames": _("Dropped pictures"),
        "nerds.volume": _("Volume"),
        "nerds.moment": _("Position"),
        "nerds.engine": _("Played by"),
    }
