"""`antenne demo`: fill an empty site with channels and videos that are made on the spot."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_first, person_by_login
from antenne.accounts.services import person_create
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.channels import channels_of
from antenne.catalog.selectors.videos import videos_of_person
from antenne.catalog.services.channels import channel_create, channel_edit
from antenne.catalog.services.videos import video_edit
from antenne.catalog.states import PLAYABLE
from antenne.cli.demo_making import font_find, scene_draw
from antenne.cli.demo_scenes import Scene, scenes
from antenne.cli.demo_words import DemoVideo, channels, videos
from antenne.cli.late import CommandRefused
from antenne.cli.prepare import database_prepare
from antenne.kernel.environment import environment
from antenne.pipeline.services.receiving import file_receive, upload_finish
from antenne.pipeline.stages.upload import upload_begin

OWNER: Final = "demo@example.org"
_PATIENCE_S: Final = 60.0
_POLL_S: Final = 0.5


def demo_run(*, anyway: bool) -> str:
    """Make what is missing of the demo and return what to say at the end.

    Running again goes on where it stopped; raises CommandRefused on a site with other videos.
    """
    database_prepare()
    person = _person()
    _emptiness_check(anyway=anyway)
    wanted = _missing(person)
    with _progress() as progress, tempfile.TemporaryDirectory(prefix="antenne-demo-") as folder:
        making = progress.add_task(_("Making videos"), total=len(wanted))
        for scene, path in _drawn(wanted, Path(folder)):
            demo_put(person, scene, path)
            progress.advance(making)
        on_air = _air_await(person, progress)
    return _closing_words(on_air, _own(person))


def _drawn(wanted: list[Scene], folder: Path) -> Iterator[tuple[Scene, Path]]:
    """Draw several scenes at a time, for many generators use one core; yield them in order."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from zip(
            wanted, pool.map(lambda scene: scene_draw(scene, folder), wanted), strict=True
        )


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(highlight=False),
    )


def _person() -> Person:
    """Return whose the demo is: whoever runs the site or, before that, somebody of its own."""
    found = person_by_login(OWNER) or operator_first()
    if found is not None:
        return found
    return person_create(email=OWNER, password=secrets.token_urlsafe(24), name="Antenne")


def _emptiness_check(*, anyway: bool) -> None:
    """Refuse to add to somebody's own videos unless asked to."""
    handles = [channel.handle for channel in channels()]
    others = Video.objects.exclude(channel__handle__in=handles)
    if others.exists() and not anyway:
        raise CommandRefused(
            _("This site has videos already. `antenne demo --anyway` adds those of the demo.")
        )


def _own(person: Person) -> list[Video]:
    """Return the videos of the demo that are there."""
    handles = [channel.handle for channel in channels()]
    return list(videos_of_person(person).filter(channel__handle__in=handles))


def _missing(person: Person) -> list[Scene]:
    """Return the scenes that are not there yet and can be drawn on this machine."""
    there = {video.title for video in _own(person)}
    return [
        scene
        for scene in scenes()
        if videos()[scene.name].title not in there
        and not (scene.needs_font and font_find() is None)
    ]


def demo_put(person: Person, scene: Scene, path: Path) -> Video:
    """Put the file of a scene in, as anybody's, and delete it."""
    said = videos()[scene.name]
    begun = upload_begin(
        channel=_channel(person, said),
        filename=path.name,
        size_bytes=path.stat().st_size,
        title=said.title,
    )
    video_edit(by=person, public_id=begun.video.public_id, description=said.description)
    received = file_receive(upload=begun.upload, path=path)
    upload_finish(upload_id=begun.upload.pk, size_bytes=received)
    path.unlink()
    return begun.video


def _channel(person: Person, said: DemoVideo) -> Channel:
    wanted = next(channel for channel in channels() if channel.handle == said.channel)
    found = channels_of(person).filter(handle=wanted.handle).first()
    if found is not None:
        return found
    made = channel_create(person=person, name=wanted.name, handle=wanted.handle)
    return channel_edit(by=person, handle=made.handle, description=wanted.about)


def _air_await(person: Person, progress: Progress) -> int:
    """Wait a while for the worker to put them on the air; return how many are."""
    total = len(_own(person))
    bar = progress.add_task(_("On the air"), total=total)
    until_s = time.monotonic() + _PATIENCE_S
    while True:
        on_air = sum(video.state in PLAYABLE for video in _own(person))
        progress.update(bar, completed=on_air)
        if on_air == total or time.monotonic() > until_s:
            return on_air
        time.sleep(_POLL_S)


def _closing_words(on_air: int, made: list[Video]) -> str:
    settings = environment()
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    if on_air == len(made):
        return _("%(count)d videos are on the air: %(address)s") % {
            "count": on_air,
            "address": address,
        }
    return _("%(done)d of %(count)d videos are on the air; `antenne serve` does the rest.") % {
        "done": on_air,
        "count": len(made),
    }
