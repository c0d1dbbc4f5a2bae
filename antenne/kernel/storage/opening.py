"""Opens the store that the environment names."""

from __future__ import annotations

from urllib.parse import urlsplit

from antenne.kernel.environment import Environment
from antenne.kernel.storage.local import LocalStorage
from antenne.kernel.storage.protocol import Storage
from antenne.kernel.storage.s3 import Bucket, S3Storage
from antenne.kernel.storage.sigv4 import Credentials


def storage_open(environment: Environment) -> Storage:
    """Return the bucket of `ANTENNE_STORAGE`, or the folder `objects` in the home folder."""
    if not environment.storage:
        return LocalStorage(environment.home / "objects")
    address = urlsplit(environment.storage)
    return S3Storage(
        Bucket(
            name=address.netloc,
            prefix=address.path.strip("/"),
            endpoint=environment.s3_endpoint,
            credentials=Credentials(
                key=environment.s3_key,
                secret=environment.s3_secret,
                region=environment.s3_region,
            ),
        )
    )
