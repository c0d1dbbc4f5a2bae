"""Writes to translated titles and descriptions."""

from __future__ import annotations

import re
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Video, VideoTranslation
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.sight import video_owned
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.wording import one_line

TRANSLATIONS_MAX: Final = 40
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,4})?")


@transaction.atomic
def translation_put(
    *, by: Person, public_id: str, language: str, title: str, description: str = ""
) -> VideoTranslation:
    """Say what a video is called in a further language, or change it."""
    video = video_owned(public_id, by=by)
    Video.objects.select_for_update(of=("self",)).get(pk=video.pk)
    language = language.strip().lower()
    if not _LANGUAGE.fullmatch(language):
        raise CatalogRefused(_("This is not a language: write for example fr or pt-br."))
    clean = one_line(title)[:200]
    if not clean:
        raise CatalogRefused(_("A translation needs a title."))
    there = VideoTranslation.objects.filter(video=video)
    if there.exclude(language=language).count() >= TRANSLATIONS_MAX:
        raise CatalogRefused(_("These are as many languages as a video may have."))
    row, _made = VideoTranslation.objects.update_or_create(
        video=video,
        language=language,
        home=video.home,
        defaults={
            "audience": video.audience,
            "title": clean,
            "description": description[:10_000],
        },
    )
    fact_record(Fact("video.edited", {"video": str(video.pk)}))
    return row


@transaction.atomic
def translation_drop(*, by: Person, public_id: str, language: str) -> None:
    """Forget what a video is called in a language; raise `NotFound` as ever."""
    video = video_owned(public_id, by=by)
    found = VideoTranslation.objects.filter(video=video, language=language.lower())
    if not found.delete()[0]:
        raise NotFound(language)
    fact_record(Fact("video.edited", {"video": str(video.pk)}))
