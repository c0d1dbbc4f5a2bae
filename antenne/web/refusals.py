"""Why a file was refused, in the person's language."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.pipeline.states import ImportRefusal

_WORDS: Final = {
    "empty": gettext_lazy("The file is empty."),
    "not_media": gettext_lazy("This is not a video or sound file."),
    "picture": gettext_lazy("This is a picture, not a video or sound file."),
    "unsupported_format": gettext_lazy(
        "This site does not read this kind of file. Export it as MP4, MOV, MKV or WebM."
    ),
    "truncated": gettext_lazy(
        "The file is cut off: its index is missing. Export or copy it again."
    ),
    "playlist": gettext_lazy(
        "This is a playlist, which only points at other files. Send the video itself."
    ),
    "too_many_pixels": gettext_lazy("The picture is larger than this site can handle."),
    "too_long": gettext_lazy("The video is longer than this site accepts."),
    "no_streams": gettext_lazy("There is neither picture nor sound in this file."),
    "unsupported_codec": gettext_lazy(
        "The picture or sound is coded in a way this site cannot read."
    ),
    "dolby_vision_5": gettext_lazy(
        "Dolby Vision profile 5 cannot be converted. Export it as HDR10 or SDR."
    ),
    "encrypted": gettext_lazy("This file is locked by copy protection (DRM)."),
    "damaged": gettext_lazy("The file is too damaged to be read."),
    "timeout": gettext_lazy("Reading the file took too long."),
    "cut_failed": gettext_lazy("The parts could not be cut out. The video stays as it was."),
    "too_large": gettext_lazy("The file is larger than this site accepts."),
    **{code.value: code.label for code in ImportRefusal if code != ImportRefusal.TOO_LARGE},
}


def refusal_words(code: str) -> str:
    """Return a sentence for a refusal's code; nothing for no code."""
    if not code:
        return ""
    return str(_WORDS.get(code) or _("The file could not be turned into a video."))
