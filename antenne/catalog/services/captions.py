"""Writes to caption tracks."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Video
from antenne.catalog.selectors.captions import caption_owned
from antenne.kernel.facts import Fact, fact_record


@transaction.atomic
def caption_put(*, video: Video, language: str, label: str, path: str, origin: str) -> Caption:
    """Add a caption track, or replace the one of the same language and label."""
    caption, _made = Caption.objects.update_or_create(
        video=video,
        language=language,
        label=label[:80],
        defaults={
            "home": video.home,
            "audience": video.audience,
            "path": path,
            "origin": origin,
        },
    )
    fact_record(Fact("caption.put", {"caption": str(caption.pk)}))
    return caption


@transaction.atomic
def caption_remove(*, by: Person, public_id: str, caption_id: UUID) -> Caption:
    """Take a caption track of one's own video away and return what it was."""
    caption = caption_owned(caption_id, public_id=public_id, by=by)
    Caption.objects.filter(pk=caption.pk).delete()
    fact_record(Fact("caption.removed", {"video": str(caption.video_id)}))
    return caption
