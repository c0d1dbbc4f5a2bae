"""States of uploads, streams and units of work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadState(models.TextChoices):
    """How far the bytes of a file have come."""

    RECEIVING = "receiving", _("Receiving")
    FETCHING = "fetching", _("Fetching")
    FINISHED = "finished", _("Received")
    REFUSED = "refused", _("Refused")
    CUTTING = "cutting", _("Cutting")
    KEPT = "kept", _("Kept for going back")


class StreamState(models.TextChoices):
    """How much of a stream can be watched."""

    PLANNED = "planned", _("Planned")
    PLAYABLE = "playable", _("On the air")
    COMPLETE = "complete", _("Complete")
    RETIRED = "retired", _("Replaced")
    REFUSED = "refused", _("Refused")


class RenditionState(models.TextChoices):
    """How far a rendition has come."""

    WAITING = "waiting", _("Waiting")
    GROWING = "growing", _("Encoding")
    ENDED = "ended", _("Complete")
    RETIRED = "retired", _("Replaced by a better one")
    DEAD = "dead", _("Given up")


class Wave(models.TextChoices):
    """In which wave a rendition goes out."""

    AIR = "air", _("At once")
    MID = "mid", _("Good quality")
    REST = "rest", _("All qualities")
    HOT = "hot", _("Smaller, for what many people watch")


class UnitKind(models.TextChoices):
    """What one unit of work makes."""

    COPY = "copy", _("Copying the streams")
    VIDEO = "video", _("Encoding pictures")
    AUDIO = "audio", _("Encoding sound")
    PICTURES = "pictures", _("Making the pictures")
    CAPTIONS = "captions", _("Reading the captions")
    SCAN = "scan", _("Reading all packets")
    DUB = "dub", _("Encoding an added sound track")


class UnitState(models.TextChoices):
    """How far a unit of work has come."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")


class DubState(models.TextChoices):
    """How far a sound track that somebody added has come."""

    WAITING = "waiting", _("Waiting")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class ImportRefusal(models.TextChoices):
    """Why nothing could be imported from an address; labels are sentences for people."""

    ADDRESS_REFUSED = "address_refused", _("This site does not import from such an address.")
    ADDRESS_UNREACHABLE = "address_unreachable", _("Nothing answers at this address.")
    NOTHING_THERE = "nothing_there", _("There is no video at this address.")
    NOT_OPEN = "not_open", _("The video at this address is not open to everybody.")
    SEVERAL = "several", _("There are several videos at this address. Import them one by one.")
    LIVE = "live", _("This is a live broadcast. Import it once it is over.")
    INTERRUPTED = "interrupted", _("The other side broke off before everything had come.")
    TOO_LARGE = "too_large", _("The file is larger than this site accepts.")
    NO_ROOM = "no_room", _("The file does not fit into what is left of your storage.")
    TOOK_TOO_LONG = "took_too_long", _("The other side took too long to send it.")
    FAILED = "fetch_failed", _("The video could not be fetched from this address.")
