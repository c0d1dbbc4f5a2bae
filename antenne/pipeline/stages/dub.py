"""At any time: a sound track is added to a video, another language or a commentary."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.sight import video_owned
from antenne.ffmpeg.refusals import SourceRefused
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing
from antenne.pipeline.models import Dub, Rendition
from antenne.pipeline.selectors import bytes_left, stream_current
from antenne.pipeline.services.dubs import dub_plan, dub_withdraw
from antenne.pipeline.services.workplace import source_probed, workplace
from antenne.pipeline.states import DubState, RenditionState

DUB_MAX_BYTES: Final = 300_000_000
DUBS_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class DubShown:
    """An added sound track and how far it has come: `waiting`, `ready` or `refused`."""

    dub: Dub
    state: str


def dubs_of(video: Video) -> list[DubShown]:
    """Return the sound tracks that were added to a video (three queries)."""
    stream = stream_current(video)
    made = Rendition.objects.filter(stream=stream, rung__has_key="dub").defer("init")
    states = {row.rung["dub"]: row.state for row in made}
    return [
        DubShown(dub, _state_of(dub, states.get(str(dub.pk), "")))
        for dub in Dub.objects.filter(video=video).order_by("created_at")
    ]


def _state_of(dub: Dub, made: str) -> str:
    if dub.state == DubState.REFUSED or made == RenditionState.DEAD:
        return DubState.REFUSED
    return DubState.READY if made == RenditionState.ENDED else DubState.WAITING


def dub_bring(
    *, by: Person, public_id: str, language: str, label: str, filename: str, pieces: Iterable[bytes]
) -> Dub:
    """Take in a sound file for a video that one may edit; the menu names it once it is encoded.

    Raises `NotFound` and `CatalogRefused`.
    """
    video = video_owned(public_id, by=by)
    label = (label or language)[:80]
    there = Dub.objects.filter(video=video)
    if there.filter(language=language[:16], label=label).exists():
        raise CatalogRefused(_("There is a track of this language and name already."))
    if there.count() >= DUBS_MAX:
        raise CatalogRefused(_("These are as many tracks as a video may have."))
    drafts = environment().home / "work"
    drafts.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=drafts, prefix="dub-") as draft:
        size_bytes = _pieces_write(pieces, Path(draft.name), most=bytes_left(by))
        dub = Dub(
            home=video.home,
            person=by,
            video=video,
            language=language[:16],
            label=label,
            filename=filename[-255:],
            size_bytes=size_bytes,
        )
        storage_open(environment()).put_file(dub.object_key, _apart(Path(draft.name)))
    return _keep(dub)


def _apart(draft: Path) -> Path:
    """Return a second name of a draft: the store takes its file away."""
    other = draft.with_suffix(".whole")
    other.hardlink_to(draft)
    return other


def _pieces_write(pieces: Iterable[bytes], path: Path, *, most: int) -> int:
    done = 0
    with path.open("wb") as target:
        for piece in pieces:
            done += len(piece)
            if done > min(most, DUB_MAX_BYTES):
                raise CatalogRefused(_("This file is larger than this site accepts."))
            target.write(piece)
    if not done:
        raise CatalogRefused(_("This file is empty."))
    return done


@transaction.atomic
def _keep(dub: Dub) -> Dub:
    dub.save(force_insert=True)
    fact_record(Fact("dub.asked", {"dub": str(dub.pk)}))
    return dub


def dub_look(*, dub_id: UUID) -> None:
    """Look into an added file, and plan its track on what the video plays; or refuse it."""
    rows = Dub.objects.select_related("video")
    dub = rows.filter(pk=dub_id, state=DubState.WAITING).first()
    if dub is None:
        return
    try:
        with workplace(dub) as place:
            probe = source_probed(dub, place)
    except SourceRefused:
        Dub.objects.filter(pk=dub_id).update(state=DubState.REFUSED)
        return
    state = DubState.READY if probe.audios else DubState.REFUSED
    with transaction.atomic():
        Dub.objects.filter(pk=dub_id).update(state=state, probe=probe.to_json())
        stream = stream_current(dub.video)
        if state == DubState.READY and stream is not None and "quality" in stream.plan:
            dub_plan(stream, dub)


@transaction.atomic
def dub_drop(*, by: Person, public_id: str, dub_id: UUID) -> None:
    """Take an added sound track away; raise `NotFound` as ever."""
    video = video_owned(public_id, by=by)
    dub = Dub.objects.select_related("video").filter(pk=dub_id, video=video).first()
    if dub is None:
        raise NotFound(str(dub_id))
    key = dub.object_key
    for stream in dub_withdraw(dub):
        fact_record(Fact("captions.changed", {"stream": str(stream.pk)}))
    dub.delete()
    with suppress(ObjectMissing):
        storage_open(environment()).delete(key)
