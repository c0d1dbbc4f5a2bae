"""Logos: what is kept is small, harmless and named by what it holds."""

from __future__ import annotations

from io import BytesIO
from zlib import crc32

import pytest
from django.test import Client
from PIL import Image

from antenne.custody.logos import logo_bytes, logo_keep, logo_of
from antenne.custody.settings import SettingRefused
from antenne.kernel.storage.protocol import ObjectMissing

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">%s</svg>'


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_logo_is_scaled_and_says_its_size() -> None:
    logo = logo_of(logo_keep(png(800, 400)))

    assert logo is not None
    assert (logo.width_px, logo.height_px) == (384, 192)
    assert logo_bytes(logo).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "box", ["0 0 999999999 0.0000001", "0 0 " + "9" * 400 + " 1", "0 0 50000 1"]
)
def test_a_drawing_of_no_sensible_shape_is_no_wider_than_can_be_shown(box: str) -> None:
    logo = logo_of(logo_keep((SVG % b"").replace(b"0 0 100 50", box.encode())))

    assert logo is not None
    assert logo.width_px <= 96_000


def test_a_picture_that_unpacks_into_the_memory_of_the_machine_is_refused() -> None:
    bomb = png(1, 1)
    size = (60_000).to_bytes(4, "big") * 2
    header = b"IHDR" + size + bomb[24:29]
    bomb = bomb[:12] + header + crc32(header).to_bytes(4, "big") + bomb[33:]

    with pytest.raises(SettingRefused):
        logo_keep(bomb)


def test_shapes_are_kept_and_served_unable_to_do_anything(region: None) -> None:
    name = logo_keep(SVG % b'<path d="M0 0h9v9z"/>')

    answer = Client().get(f"/site/{name}")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"M0 0h9v9z" in answer.content


@pytest.mark.parametrize(
    "data",
    [
        SVG % b"<script>alert(1)</script>",
        SVG % b'<path onload="alert(1)"/>',
        SVG % b'<use href="https://evil.example/x.svg#a"/>',
        SVG % b'<path fill="url(http://evil.example)"/>',
        SVG % b"<foreignObject/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % b"&a;",
        b"<svg",
        b"not an image",
        b"",
        png(64, 64)[:50],
        b"x" * (512 * 1024 + 1),
    ],
)
def test_what_could_do_something_is_refused(data: bytes) -> None:
    with pytest.raises(SettingRefused):
        logo_keep(data)


def test_only_logos_are_served(region: None) -> None:
    for name in ("secret", "logo-1x1-0123456789abcdef.png", "..%2Fsecret"):
        assert Client().get(f"/site/{name}").status_code == 404
    assert logo_of("logo-1x1-x.svg") is None
    with pytest.raises(ObjectMissing):
        logo_bytes(logo_of("logo-1x1-0123456789abcdef.png") or pytest.fail("a logo"))
