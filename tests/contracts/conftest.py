"""The stores that the contract is run over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from antenne.kernel.storage.local import LocalStorage
from antenne.kernel.storage.protocol import Storage
from antenne.kernel.storage.s3 import Bucket, S3Storage
from antenne.kernel.storage.sigv4 import Credentials
from tools.s3_server import S3Server, S3ServerUnavailable, s3_server


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    try:
        with s3_server(tmp_path_factory.mktemp("swift")) as server:
            yield server
    except S3ServerUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(params=["local", pytest.param("s3", marks=pytest.mark.s3)])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "local":
        return LocalStorage(tmp_path / "objects", durable=False)
    server: S3Server = request.getfixturevalue("s3")
    return S3Storage(
        Bucket(
            name=server.bucket,
            prefix=f"test-{tmp_path.name.replace('_', '-')}",
            endpoint=server.endpoint,
            credentials=Credentials(server.key, server.secret, server.region),
        )
    )
