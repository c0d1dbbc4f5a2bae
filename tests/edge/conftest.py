"""Running edges: one for the whole session, and a way to start others."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from antenne.processes.postgres import temporary_postgres
from tests.edge.server import EdgeServer, database_made, edge_server
from tests.edge.tus import TusClient


class EdgeStart(Protocol):
    def __call__(
        self, *, workers: int = 1, home: Path | None = None, **settings: str
    ) -> EdgeServer:
        """Start an edge that ends with the test."""


@pytest.fixture(scope="session")
def edge_database() -> Iterator[str]:
    with ExitStack() as stack:
        server_url = os.environ.get("DATABASE_URL")
        if not server_url:
            server_url = stack.enter_context(temporary_postgres()).url
        yield stack.enter_context(database_made(server_url))


@pytest.fixture(scope="session")
def edge(tmp_path_factory: pytest.TempPathFactory, edge_database: str) -> Iterator[EdgeServer]:
    with edge_server(tmp_path_factory.mktemp("edge"), edge_database) as server:
        yield server


@pytest.fixture
def edge_start(tmp_path: Path, edge_database: str) -> Iterator[EdgeStart]:
    with ExitStack() as stack:

        def start(*, workers: int = 1, home: Path | None = None, **settings: str) -> EdgeServer:
            place = home or tmp_path / f"home{len(list(tmp_path.iterdir()))}"
            place.mkdir(exist_ok=True)
            return stack.enter_context(edge_server(place, edge_database, settings, workers=workers))

        yield start


@pytest.fixture
def tus(edge: EdgeServer) -> Iterator[TusClient]:
    with TusClient(edge) as client:
        yield client
