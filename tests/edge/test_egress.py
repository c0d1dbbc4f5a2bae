"""What a real nginx sends, with the configuration we hand out, comes to be on the bill."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from antenne.accounts.models import Person
from antenne.audience.models import Delivery
from antenne.catalog.models import Channel
from antenne.cli.egress import logs_import
from antenne.kernel.geo import GeoTable
from tests.edge.conftest import EdgeStart
from tests.edge.nginx import nginx_server
from tests.factories.catalog import video_make
from tests.web.pages import client_of

pytestmark = pytest.mark.process


def test_what_a_real_nginx_sends_is_on_the_bill(
    channel: Channel, mona: Person, edge_start: EdgeStart, tmp_path: Path
) -> None:
    video, edge = video_make(channel), edge_start()
    edge.media_put(video.public_id, "s1/v/0.m4s", b"a" * 1_000)
    url = edge.media_url(video.public_id, "s1/v/0.m4s")
    tmp_path.chmod(0o755)
    with nginx_server(edge.home, tmp_path, edge.port) as port:
        there = url.replace(edge.url, f"http://127.0.0.1:{port}")
        until = time.monotonic() + 60
        while httpx.get(there).status_code == 503 and time.monotonic() < until:
            time.sleep(0.05)
        for headers in ({"range": "bytes=0-99"}, {"range": "bytes=900-"}):
            assert httpx.get(f"{there}?p=msn.example", headers=headers).status_code == 206
        assert httpx.get(there.replace("k1.", "k2.")).status_code == 403

    said = logs_import(paths=[tmp_path / "antenne_delivered.log"], geo=lambda: GeoTable({}))

    assert said == "antenne_delivered.log: 3 answers, 1200 bytes counted."
    kept = Delivery.objects.order_by("partner").values_list("partner", "sent_bytes", "requests")
    assert list(kept) == [("", 1_000, 1), ("msn.example", 200, 2)]
    shown = client_of(mona).get("/desk/delivery?period=ever").context["bill"]
    assert (shown.sent_bytes, shown.requests) == (1_200, 3)
