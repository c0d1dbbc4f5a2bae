"""The parts of a running edge, made from the environment and joined."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import AsyncConnection

from antenne.edge.beacons import Beacons
from antenne.edge.delivered import Delivered
from antenne.edge.epochs import Epochs
from antenne.edge.events import Hub
from antenne.edge.expiry import Cleaner
from antenne.edge.forwarding import Forwarder
from antenne.edge.grants import Grants
from antenne.edge.listening import Channels, Listener
from antenne.edge.media import Media
from antenne.edge.media_bucket import BucketMedia
from antenne.edge.media_files import MediaFiles
from antenne.edge.metrics import Metrics
from antenne.edge.nginx import nginx_key_write
from antenne.edge.spooling import Spool
from antenne.edge.tus.answering import Tus
from antenne.edge.tus.creating import Rules
from antenne.edge.tus.destination import Destination
from antenne.edge.tus.finishing import Finisher, Web
from antenne.edge.tus.state import Uploads
from antenne.edge.tus.tickets import Tickets
from antenne.kernel.environment import Environment
from antenne.kernel.geo import GeoFile
from antenne.kernel.signing import subkey
from antenne.kernel.storage.opening import storage_open


@dataclass(frozen=True, slots=True)
class Parts:
    """What a request or a background task may need."""

    public_url: str
    metrics: Metrics
    epochs: Epochs
    hub: Hub
    media: Media | BucketMedia
    tus: Tus
    listener: Listener
    finisher: Finisher
    cleaner: Cleaner
    beacons: Beacons
    forwarder: Forwarder
    delivered: Delivered

    def not_ready(self) -> str:
        """Return what is missing to serve requests rightly, or nothing."""
        if not self.epochs.loaded:
            return "epochs are not loaded"
        return "" if self.listener.fresh else "the database is out of hearing"


def parts_make(environment: Environment) -> Parts:
    """Make the parts; nothing runs yet."""
    metrics = Metrics()
    storage = storage_open(environment)
    epochs = Epochs(environment.home / "epochs")
    media_key = subkey(environment.secret, "media")
    nginx_key_write(environment.home / "nginx" / "media_key.json", media_key)
    grants = Grants(media_key, epochs)
    hub = Hub(environment.secret, metrics)
    in_parts = bool(environment.storage)
    uploads = Uploads(environment.home / "uploads")
    destination = Destination(storage, uploads, in_parts=in_parts)
    web = Web(url=environment.web_url, secret=environment.secret)
    finisher = Finisher(uploads, destination, web, metrics)
    spool = Spool(environment.home / "beacons")
    geo = GeoFile(environment.home / "geo")
    public_url = environment.public_url
    delivered = Delivered(spool, geo, region=environment.region, public_url=public_url)
    tus = Tus(
        uploads, destination, finisher, Tickets(environment.secret, environment.upload_max_bytes)
    )
    tus.metrics = metrics
    tus.rules = Rules(reserve_bytes=environment.disk_reserve_bytes, in_parts=in_parts)

    return Parts(
        public_url=environment.public_url,
        metrics=metrics,
        epochs=epochs,
        hub=hub,
        media=BucketMedia(grants, storage, metrics, delivered)
        if in_parts
        else Media(grants, MediaFiles(storage), metrics, delivered),
        tus=tus,
        listener=Listener(environment.database_url, _channels_make(epochs, hub)),
        finisher=finisher,
        cleaner=Cleaner(uploads, destination, storage),
        beacons=Beacons(environment.secret, spool, geo, behind_proxy=bool(public_url)),
        forwarder=Forwarder(spool, environment.home / "beacons", web, metrics),
        delivered=delivered,
    )


def _channels_make(epochs: Epochs, hub: Hub) -> Channels:
    async def connected(connection: AsyncConnection) -> None:
        await epochs.load(connection)
        hub.resync()

    return Channels(
        on_message={"antenne_epoch": epochs.notified, "antenne_event": hub.notified},
        on_connect=connected,
    )
