"""`antenne publish` and `antenne import`: put videos in from a terminal and watch them go up."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_first, person_by_login
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.services.channels import channel_default
from antenne.catalog.services.visibility import Showing
from antenne.catalog.states import State
from antenne.cli.late import CommandRefused
from antenne.cli.publish_screen import Screen, screen_for
from antenne.cli.wish import Wish
from antenne.delivery.selectors import edge_url, media_base
from antenne.kernel.environment import environment
from antenne.pipeline.models import Upload
from antenne.pipeline.selectors import progress_of, stream_current
from antenne.pipeline.services.receiving import file_receive, upload_finish
from antenne.pipeline.stages.upload import Begun, UploadRefused, import_begin, upload_begin
from antenne.pipeline.states import UploadState

_POLL_S: Final = 0.05
_SLOW_POLL_S: Final = 0.5


def files_publish(*, paths: list[Path], wish: Wish, as_json: bool) -> int:
    """Publish each file in turn; return the exit status: 0 where all went well."""
    return _all_follow(
        [str(path) for path in paths],
        wish,
        as_json,
        lambda name, *rest: _file_send(Path(name), *rest),
    )


def urls_import(*, urls: list[str], wish: Wish, as_json: bool) -> int:
    """Import each address in turn; return the exit status: 0 where all went well."""
    return _all_follow(urls, wish, as_json, _url_ask)


Sender = Callable[[str, Channel, Wish, Screen], Begun]


def _all_follow(names: list[str], wish: Wish, as_json: bool, send: Sender) -> int:  # noqa: FBT001 - passed on by the two above only
    channel = _channel_of(wish)
    refused = 0
    with screen_for(as_json=as_json) as screen:
        for name in names:
            screen.begin(name)
            try:
                begun = send(name, channel, wish, screen)
            except (UploadRefused, CatalogRefused, OSError) as error:
                screen.refused(name, str(error))
                refused += 1
                continue
            refused += not _follow(begun, wish, screen)
    return int(refused > 0)


def _channel_of(wish: Wish) -> Channel:
    """Return the channel to publish in; raise `CommandRefused` where there is none."""
    person = _person_of(wish)
    try:
        return channel_default(person=person, handle=wish.channel)
    except NotFound as error:
        msg = f"@{person.handle} has no channel {wish.channel}."
        raise CommandRefused(msg) from error


def _person_of(wish: Wish) -> Person:
    person = person_by_login(wish.person) if wish.person else operator_first()
    if person is None:
        msg = "Nobody to publish as: make an account with `antenne createadmin`, or name one."
        raise CommandRefused(msg)
    return person


def _file_send(path: Path, channel: Channel, wish: Wish, screen: Screen) -> Begun:
    size_bytes = path.stat().st_size
    begun = upload_begin(
        channel=channel,
        filename=path.name,
        size_bytes=size_bytes,
        title=wish.title,
        showing=Showing(visibility=wish.visibility, password=wish.password),
    )
    received = file_receive(
        upload=begun.upload,
        path=path,
        on_progress=lambda done: screen.upload(done, size_bytes),
    )
    upload_finish(upload_id=begun.upload.pk, size_bytes=received)
    return begun


def _url_ask(url: str, channel: Channel, wish: Wish, screen: Screen) -> Begun:
    screen.upload(0, 0)
    return import_begin(
        channel=channel,
        url=url,
        title=wish.title,
        showing=Showing(visibility=wish.visibility, password=wish.password),
    )


def _follow(begun: Begun, wish: Wish, screen: Screen) -> bool:
    """Tell each step of a video's way; return whether it went well."""
    upload = _bytes_await(begun.upload)
    last_byte_s = time.monotonic()
    if upload.state == UploadState.FINISHED:
        screen.event("uploaded", begun.video.public_id, size_bytes=upload.size_bytes or 0)
    said_playable = False
    while True:
        upload = Upload.objects.get(pk=begun.upload.pk)
        video = Video.objects.filter(pk=begun.video.pk).first()
        if video is None or upload.state == UploadState.REFUSED:
            screen.refused(
                begun.video.public_id, upload.refusal or "removed", upload.refusal_detail
            )
            return False
        if video.playable and not said_playable:
            said_playable = True
            screen.event("playable", video.public_id, **_addresses(video, last_byte_s))
        if video.state == State.READY or (said_playable and not wish.wait):
            if wish.wait:
                screen.event("complete", video.public_id, **_addresses(video, last_byte_s))
            return True
        _progress_show(video, screen)
        time.sleep(_SLOW_POLL_S if said_playable else _POLL_S)


def _bytes_await(upload: Upload) -> Upload:
    """Wait until an import has its bytes; an upload from here has them already."""
    while True:
        upload = Upload.objects.get(pk=upload.pk)
        if upload.state != UploadState.FETCHING:
            return upload
        time.sleep(_SLOW_POLL_S)


def _addresses(video: Video, last_byte_s: float) -> dict[str, str | float]:
    settings = environment()
    site = settings.public_url or f"http://{settings.host}:{settings.port}"
    edge = edge_url(f"{settings.host}:{settings.port}")
    base, _expires_s = media_base(video, edge=edge)
    return {
        "watch_url": f"{site}/v/{video.public_id}",
        "master_url": f"{base}/{video.stream}/master.m3u8",
        "seconds": round(time.monotonic() - last_byte_s, 3),
    }


def _progress_show(video: Video, screen: Screen) -> None:
    stream = stream_current(video)
    if stream is not None:
        for row in progress_of(stream):
            screen.rendition(row.name, row.label, row.done_ms, row.total_ms)
