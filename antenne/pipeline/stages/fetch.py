"""Stage 1, the other way in: fetch the file behind an address that somebody gave."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from antenne.catalog.models import Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.services.captions import caption_put
from antenne.catalog.services.videos import TITLE_MAX_CHARS, video_edit
from antenne.custody.selectors import setting_of
from antenne.custody.settings import LimitsSettings
from antenne.ffmpeg.captions import CaptionsRefused, captions_parse
from antenne.ffmpeg.joining import tracks_join
from antenne.ffmpeg.refusals import SourceRefused
from antenne.kernel.environment import environment
from antenne.kernel.events import event_send
from antenne.kernel.ids import uuid7
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing
from antenne.pipeline.models import Upload
from antenne.pipeline.selectors import bytes_left
from antenne.pipeline.services.receiving import upload_finish
from antenne.pipeline.services.refusing import upload_refuse
from antenne.pipeline.services.workplace import folder_held
from antenne.pipeline.states import ImportRefusal, UploadState
from antenne.processes.fetching import Bounds, CaptionFile, Fetched, FetchError, fetch
from antenne.processes.proxy import Proxy, Rules

WALL_S: Final = 4 * 3600.0
EVENT_S: Final = 0.5
LOOK_S: Final = 2.0
CAPTIONS_MAX_BYTES: Final = 2 * 1024**2
# What pages, playlists and second tries may weigh beside the file itself.
_ASIDE_BYTES: Final = 64 * 1024**2


class _Refused(Exception):
    """The import is refused before or after yt-dlp was asked."""

    def __init__(self, code: ImportRefusal, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class _Withdrawn(Exception):
    """Whoever asked for it has taken it back meanwhile."""


def source_fetch(*, upload_id: UUID) -> None:
    """Bring the file behind an address into the store, or refuse the import by name.

    Running again after a death begins anew, or goes on behind the last step that was whole.
    """
    upload = _wanted(upload_id)
    if upload is None:
        return
    try:
        size_bytes = _stored_bytes(upload) or _fetch(upload)
    except FetchError as error:
        upload_refuse(upload_id=upload_id, code=str(error.fault), detail=error.detail)
    except _Refused as refused:
        upload_refuse(upload_id=upload_id, code=refused.code, detail=refused.detail)
    except SourceRefused as refused:
        upload_refuse(upload_id=upload_id, code=str(refused.code), detail=refused.detail)
    except (_Withdrawn, NotFound):
        return
    else:
        if upload_finish(upload_id=upload_id, size_bytes=size_bytes) is None:
            storage_open(environment()).delete(upload.object_key)


def _wanted(upload_id: UUID) -> Upload | None:
    """Return the import while it still waits for its file and its video is still there."""
    return (
        Upload.objects.select_related("video", "person")
        .filter(pk=upload_id, state=UploadState.FETCHING, video__isnull=False)
        .first()
    )


def _stored_bytes(upload: Upload) -> int:
    """Return how large the file is that an earlier run has stored, 0 where there is none."""
    try:
        return storage_open(environment()).stat(upload.object_key).size_bytes
    except ObjectMissing:
        return 0


def _fetch(upload: Upload) -> int:
    """Fetch, describe and store; return the size in bytes."""
    if urlsplit(upload.source_url).scheme not in ("http", "https"):
        raise _Refused(ImportRefusal.ADDRESS_REFUSED, "only http and https")
    room = _room(upload)
    with folder_held(str(upload.pk)) as folder:
        proxy = Proxy(
            Rules(
                max_bytes=room.bytes + room.bytes // 10 + _ASIDE_BYTES,
                private=environment().import_private,
            )
        )
        try:
            fetched = fetch(
                upload.source_url,
                folder=folder,
                proxy=proxy,
                bounds=Bounds(max_bytes=room.bytes, wall_s=WALL_S),
                on_progress=_Teller(upload),
            )
        except FetchError as error:
            raise room.named(error) from error
        return _keep(upload, fetched, folder)


@dataclass(frozen=True, slots=True)
class _Room:
    """How many bytes may come, and what to say where it would be more."""

    bytes: int
    scarce: bool

    def named(self, error: FetchError) -> Exception:
        """Return the error itself, or that the room is what was lacking."""
        if self.scarce and error.fault.value == ImportRefusal.TOO_LARGE:
            return _Refused(ImportRefusal.NO_ROOM, error.detail)
        return error


def _room(upload: Upload) -> _Room:
    """Return the least of what the site accepts, the person may keep and the disk can hold."""
    accepted = setting_of(LimitsSettings).upload_bytes
    disk_bytes = shutil.disk_usage(_root()).free - environment().disk_reserve_bytes
    # Picture and sound in two files lie on the disk twice while they are joined.
    left = min(bytes_left(upload.person), disk_bytes // 2)
    if left <= 0:
        raise _Refused(ImportRefusal.NO_ROOM, f"{left} bytes left")
    return _Room(bytes=min(accepted, left), scarce=left < accepted)


def _root() -> Path:
    root = environment().home / "work"
    root.mkdir(parents=True, exist_ok=True)
    return root


@dataclass
class _Teller:
    """Tells open pages how far it is, and ends a fetch that nobody wants any more."""

    upload: Upload
    _told_s: float = field(default=0.0)
    _looked_s: float = field(default_factory=time.monotonic)

    def __call__(self, done_bytes: int, total_bytes: int) -> None:
        """Send at most two events a second; look every two seconds whether it is still wanted."""
        now_s = time.monotonic()
        if now_s - self._looked_s >= LOOK_S:
            self._looked_s = now_s
            if _wanted(self.upload.pk) is None:
                raise _Withdrawn
        if now_s - self._told_s >= EVENT_S:
            self._told_s = now_s
            event_send(
                f"video:{self.upload.video_public_id}",
                "fetch",
                done_bytes=done_bytes,
                total_bytes=total_bytes,
            )


def _keep(upload: Upload, fetched: Fetched, folder: Path) -> int:
    """Describe the video and store what came, the file itself last."""
    wanted = _wanted(upload.pk)
    if wanted is None or wanted.video is None:
        raise _Withdrawn
    media = fetched.tracks[0]
    if len(fetched.tracks) > 1:
        media = tracks_join(*fetched.tracks[:2], folder=folder)
    size_bytes = media.stat().st_size
    if size_bytes > bytes_left(wanted.person):
        raise _Refused(ImportRefusal.NO_ROOM, f"{size_bytes} bytes")
    _describe(wanted, wanted.video, fetched)
    for caption in fetched.captions:
        _caption_keep(wanted.video, caption)
    storage_open(environment()).put_file(upload.object_key, media)
    return size_bytes


def _describe(upload: Upload, video: Video, fetched: Fetched) -> None:
    """Take over what the site says wherever the person has said nothing."""
    untitled = video.title == upload.source_url[:TITLE_MAX_CHARS]
    try:
        video_edit(
            by=upload.person,
            public_id=video.public_id,
            title=_title(fetched.title) if untitled and fetched.title.strip() else None,
            description=fetched.description if not video.description else None,
            language=fetched.language if not video.language else None,
        )
    except (CatalogRefused, NotFound):
        return  # a title of nothing that can be shown (the address stays), or not theirs any more


def _title(said: str) -> str:
    """Return a title as it is, and one that is only a file's name with its words apart."""
    return said if " " in said else said.replace("_", " ")


def _caption_keep(video: Video, caption: CaptionFile) -> None:
    """Keep captions that can be read; others are left out, for the video is what was asked for."""
    if caption.path.stat().st_size > CAPTIONS_MAX_BYTES:
        return
    try:
        text = captions_parse(caption.path.read_bytes(), caption.path.name)
    except CaptionsRefused:
        return
    path = f"captions/{uuid7().hex}.vtt"
    storage_open(environment()).put(f"media/{video.public_id}/{path}", text.encode())
    caption_put(
        video=video,
        language=caption.language,
        label=caption.label or caption.language,
        path=path,
        origin="imported",
    )
