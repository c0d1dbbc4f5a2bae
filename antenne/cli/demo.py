"""`antenne demo`: fill an empty site with people, channels and videos that are made on the spot."""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from antenne.catalog.models import Video
from antenne.catalog.services.videos import video_edit
from antenne.catalog.states import PLAYABLE
from antenne.cli.demo_life import (
    Cast,
    cast_make,
    password_of_demo,
    pictures_bring,
    site_enliven,
    stills_wanted,
    video_enliven,
)
from antenne.cli.demo_making import font_find, scene_draw, still_take
from antenne.cli.demo_people import PEOPLE
from antenne.cli.demo_scenes import Scene, scenes
from antenne.cli.demo_words import channels, videos
from antenne.cli.late import CommandRefused
from antenne.cli.ports import port_is_free
from antenne.cli.prepare import database_prepare
from antenne.kernel.environment import environment
from antenne.pipeline.services.receiving import file_receive, upload_finish
from antenne.pipeline.stages.upload import upload_begin

_PATIENCE_S: Final = 60.0
_POLL_S: Final = 0.25


def demo_run(*, anyway: bool) -> str:
    """Make what is missing of the demo and return what to say at the end.

    Running again goes on where it stopped; raises CommandRefused on a site with other videos.
    """
    database_prepare()
    _emptiness_check(anyway=anyway)
    cast = cast_make()
    with _progress() as progress, tempfile.TemporaryDirectory(prefix="antenne-demo-") as folder:
        making = _Making(cast, progress, _missing(cast))
        making.draw(Path(folder))
        making.await_air()
    return _closing_words(making)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(highlight=False, soft_wrap=True),
    )


def _emptiness_check(*, anyway: bool) -> None:
    """Refuse to add to somebody's own videos unless asked to."""
    handles = [channel.handle for channel in channels()]
    others = Video.objects.exclude(channel__handle__in=handles)
    if others.exists() and not anyway:
        raise CommandRefused(
            _("This site has videos already. `antenne demo --anyway` adds those of the demo.")
        )


def _found(cast: Cast) -> dict[str, Video]:
    """Return the videos of the demo that are there, by the names of their scenes."""
    rows = Video.objects.filter(channel__in=cast.channels.values()).select_related("channel")
    named = {row.title: row for row in rows}
    titles = {name: said.title for name, said in videos().items()}
    return {name: named[title] for name, title in titles.items() if title in named}


def _missing(cast: Cast) -> list[Scene]:
    """Return the scenes that are not there yet and can be drawn on this machine."""
    there = _found(cast)
    return [
        scene
        for scene in scenes()
        if scene.name not in there and not (scene.needs_font and font_find() is None)
    ]


@dataclass(frozen=True)
class _Drawn:
    """The file of a scene, and the pictures of it that the site needs, by their seconds."""

    path: Path
    stills: dict[int, bytes]


def _drawn(scene: Scene, folder: Path) -> _Drawn:
    path = scene_draw(scene, folder)
    seconds = stills_wanted(scene.name)
    return _Drawn(path, {second: still_take(path, second, folder) for second in seconds})


class _Making:
    """Draws scenes, puts each in as soon as it is drawn, and enlivens each that is on the air."""

    def __init__(self, cast: Cast, progress: Progress, wanted: list[Scene]) -> None:
        self._cast = cast
        self._progress = progress
        self._wanted = wanted
        self.fresh = bool(wanted)
        self.total = len(_found(cast)) + len(wanted)
        self.on_air: dict[str, Video] = {}
        self._making = progress.add_task(
            _("Making videos"), total=len(wanted), visible=bool(wanted)
        )
        self._airing = progress.add_task(_("On the air"), total=self.total)

    def draw(self, folder: Path) -> None:
        """Draw several scenes at a time, for many generators use one core."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            waiting = {pool.submit(_drawn, scene, folder): scene for scene in self._wanted}
            while waiting:
                done, _rest = wait(waiting, timeout=_POLL_S, return_when=FIRST_COMPLETED)
                for future in done:
                    self._put(waiting.pop(future), future.result())
                self.look()

    def _put(self, scene: Scene, drawn: _Drawn) -> None:
        taken = {(scene.name, second): still for second, still in drawn.stills.items()}
        self._cast.stills.update(taken)
        demo_put(self._cast, scene, drawn.path)
        pictures_bring(self._cast)
        self._progress.advance(self._making)

    def look(self) -> None:
        """Enliven what has come on the air since the last look; say where the first one is."""
        for scene, video in _found(self._cast).items():
            if scene not in self.on_air and video.state in PLAYABLE:
                video_enliven(self._cast, scene, video)
                if self.fresh and not self.on_air:
                    address = f"{_address()}/v/{video.public_id}"
                    words = _("The first one can be watched: %(address)s") % {"address": address}
                    self._progress.console.print(words)
                self.on_air[scene] = video
        self._progress.update(self._airing, completed=len(self.on_air))

    def await_air(self) -> None:
        """Wait a while for the worker of a running site; then bring what spans all videos."""
        until_s = time.monotonic() + _PATIENCE_S
        self.look()
        while len(self.on_air) < self.total and _runs() and time.monotonic() < until_s:
            time.sleep(_POLL_S)
            self.look()
        if len(self.on_air) == self.total:
            site_enliven(self._cast, _found(self._cast))


def _runs() -> bool:
    """Whether there is a site that puts videos on the air."""
    settings = environment()
    return not port_is_free(settings.host, settings.port)


def _address() -> str:
    settings = environment()
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def demo_put(cast: Cast, scene: Scene, path: Path) -> Video:
    """Put the file of a scene in, as anybody's, and delete it."""
    said = videos()[scene.name]
    channel = cast.channels[said.channel]
    begun = upload_begin(
        channel=channel,
        filename=path.name,
        size_bytes=path.stat().st_size,
        title=said.title,
    )
    public_id = begun.video.public_id
    video_edit(by=channel.person, public_id=public_id, description=said.description)
    received = file_receive(upload=begun.upload, path=path)
    upload_finish(upload_id=begun.upload.pk, size_bytes=received)
    path.unlink()
    return begun.video


def _closing_words(making: _Making) -> str:
    on_air, total, address = len(making.on_air), making.total, _address()
    if on_air < total:
        return _("%(done)d of %(count)d videos are on the air; `antenne serve` does the rest.") % {
            "done": on_air,
            "count": total,
        }
    said = {"count": on_air, "address": address}
    if making.fresh:
        first = _("%(count)d videos are on the air: %(address)s") % said
    else:
        first = _("The demo is here already, all %(count)d videos of it: %(address)s") % said
    entry = _("Sign in as one of its people, such as %(login)s, with the password %(password)s") % {
        "login": PEOPLE[0].login,
        "password": password_of_demo(),
    }
    return f"{first}\n{entry}"
