"""What the upload page hands to its script (frontend/src/upload/setup.ts)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from antenne.custody.selectors import setting_of
from antenne.custody.settings import LimitsSettings
from antenne.delivery.selectors import events_url
from antenne.pipeline.stages.upload import Begun
from antenne.web.viewer import edge_of


def upload_block(request: HttpRequest) -> dict[str, Any]:
    """Return addresses, limits and words of the uploader."""
    return {
        "tusUrl": f"{edge_of(request)}/uploads",
        "beginUrl": reverse("studio_uploads"),
        "importUrl": reverse("studio_imports"),
        "replace": request.GET.get("replace", ""),
        "sizeMaxBytes": setting_of(LimitsSettings).upload_bytes,
        "strings": _words(),
    }


def begun_block(request: HttpRequest, begun: Begun) -> dict[str, Any]:
    """Return what the script needs of one upload that may begin or go on."""
    key, public_id = str(begun.upload.pk), begun.video.public_id
    return {
        "upload": key,
        "video": public_id,
        "title": begun.video.title,
        "visibility": begun.video.visibility,
        "state": begun.video.state,
        "ticket": begun.ticket,
        "ticketUrl": reverse("studio_ticket", args=[key]),
        "cancelUrl": reverse("studio_cancel", args=[key]),
        "detailsUrl": reverse("studio_details", args=[public_id]),
        "watchUrl": reverse("watch", args=[public_id]),
        "editUrl": reverse("studio_video", args=[public_id]),
        "playbackUrl": reverse("playback", args=[public_id]),
        "eventsUrl": events_url(begun.video, edge=edge_of(request)),
    }


def _words() -> dict[str, str]:
    return {
        "waiting": _("Waiting for its turn"),
        "sending": _("%(done)s of %(total)s"),
        "left": _("%(speed)s/s, %(time)s left"),
        "paused": _("Paused"),
        "lost": _("Connection lost, trying again"),
        "received": _("Received"),
        "awaiting": _("Waiting for the file"),
        "fetching": _("Fetching from its address"),
        "playable": _("On the air"),
        "air": _("On the air, %(quality)s"),
        "processing": _("Reading the file"),
        "complete": _("Complete"),
        "refused": _("Refused"),
        "failed": _("The upload stopped. Nothing that has arrived is lost."),
        "saving": _("Saving"),
        "saved": _("Saved"),
        "notSaved": _("Not saved"),
        "again": _("Choose the same file again to go on: %(name)s"),
        "tooLarge": _("This file is larger than this site accepts."),
        "seconds": _("%(count)s s"),
        "minutes": _("%(count)s min"),
        "hours": _("%(count)s h"),
    }
