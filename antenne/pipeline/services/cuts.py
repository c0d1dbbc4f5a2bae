"""What hangs on the time of a video moves when parts of it are cut out, and back again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from antenne.catalog.models import Caption, Video
from antenne.catalog.selectors.captions import captions_of
from antenne.ffmpeg.captions import captions_cues, captions_of_cues
from antenne.kernel.environment import environment
from antenne.kernel.ids import uuid7
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Upload
from antenne.pipeline.ranges import Ranges, chapters_whole, cues_moved


def ranges_of(upload: Upload) -> Ranges | None:
    """Return which parts of the whole a file holds; None for a whole one."""
    if upload.cut is None:
        return None
    return tuple((start, end) for start, end in upload.cut["ranges"])


def whole_of(upload: Upload) -> UUID:
    """Return the file that this one was cut out of, or itself."""
    return upload.cut_of_id or upload.pk


def times_move(*, video: Video, old: Upload, new: Upload) -> None:
    """Move captions and chapters from the parts of *old* to those of *new*.

    Nothing happens where they are not of one file, as when a video's file is replaced.
    """
    if whole_of(old) != whole_of(new) or old.pk == new.pk:
        return
    kept = {**_originals(old)}
    made: dict[str, list[str]] = {}
    for caption in captions_of(video):
        _caption_move(video, caption, old=old, new=new, kept=kept, made=made)
    _chapters_move(video, old=old, new=new)
    if new.cut is not None:
        new.cut = {**new.cut, "captions": made}
        new.save(update_fields=["cut"])


def _originals(upload: Upload) -> dict[str, list[str]]:
    """Return, for each track by its id, the object of its whole words and that made of it."""
    found: dict[str, list[str]] = (upload.cut or {}).get("captions", {})
    return found


def _caption_move(
    video: Video,
    caption: Caption,
    *,
    old: Upload,
    new: Upload,
    kept: dict[str, list[str]],
    made: dict[str, list[str]],
) -> None:
    """Give a track its words at their new times; words nobody touched come from the whole."""
    whole, moved = kept.get(str(caption.pk), ["", ""])
    untouched = bool(whole) and moved == caption.path
    base = whole if untouched else caption.path
    if untouched and new.cut is None:
        _caption_name(caption, whole)
        return
    storage = storage_open(environment())
    text = storage.get(f"media/{video.public_id}/{base}").decode()
    cues = cues_moved(
        captions_cues(text), old=None if untouched else ranges_of(old), new=ranges_of(new)
    )
    path = f"captions/{uuid7().hex}.vtt"
    storage.put(f"media/{video.public_id}/{path}", captions_of_cues(cues).encode())
    if untouched or old.cut is None:
        made[str(caption.pk)] = [base, path]
    _caption_name(caption, path)


def _caption_name(caption: Caption, path: str) -> None:
    Caption.objects.filter(pk=caption.pk).update(path=path)


def _chapters_move(video: Video, *, old: Upload, new: Upload) -> None:
    """Give the chapters their new times; those nobody touched are again as they were."""
    if new.cut is not None:
        rows: list[dict[str, Any]] = new.cut["chapters"]
    elif old.cut is not None and video.chapters == old.cut["chapters"]:
        rows = old.cut["chapters_were"]
    else:
        rows = chapters_whole(video.chapters, old=ranges_of(old) or ())
    Video.objects.filter(pk=video.pk).update(chapters=rows)
