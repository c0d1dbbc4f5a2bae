"""What a page says of itself, read from what came of it."""

from __future__ import annotations

import pytest

from antenne.community.linked import NOTHING, Said, address_ascii, page_read

HTML = {"content-type": "text/html; charset=utf-8"}
HERE = "https://example.org/news/page"


def read(head: str, *, headers: dict[str, str] | None = None) -> Said:
    return page_read(f"<head>{head}".encode(), headers=headers or HTML, url=HERE)


def test_open_graph_goes_before_the_rest() -> None:
    said = read(
        "<title>The site: lights</title><meta name=description content='For robots.'>"
        "<meta property='og:title' content='Lights &amp; &lt;lamps&gt;'>"
        "<meta property='og:description' content='All\n of them.'>"
        "<meta property='og:image' content='../lamp.jpg?a=1&amp;b=2#top'>"
    )

    assert said == Said("Lights & <lamps>", "All of them.", "https://example.org/lamp.jpg?a=1&b=2")


def test_a_plain_page_has_its_title_and_what_robots_read() -> None:
    said = read("<TITLE>\n Lights \u202e </TITLE><META NAME=Description CONTENT='Of the west.'>")

    assert said == Said("Lights", "Of the west.")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("<title>Été</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset=latin1><title>Été</title>".encode("latin-1"), "text/html"),
        ("<title>Été</title>".encode(), "text/html"),
        ("\ufeff<title>Été</title>".encode(), "text/html; charset=latin1"),
        ("<title>Été</title>".encode(), "text/html; charset=nobody-knows"),
    ],
)
def test_letters_are_read_as_they_were_meant(data: bytes, kind: str) -> None:
    assert page_read(data, headers={"content-type": kind}, url=HERE).title == "Été"


@pytest.mark.parametrize("kind", ["application/json", "image/svg+xml", "", "text/plain"])
def test_what_is_no_page_says_nothing(kind: str) -> None:
    headers = {"content-type": kind}

    assert page_read(b"<title>Lights</title>", headers=headers, url=HERE) == NOTHING


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 50, b"<" * 9000, b"<div>" * 9000, b"<!-- "])
def test_nonsense_says_nothing(data: bytes) -> None:
    assert page_read(data, headers=HTML, url=HERE).title == ""


def test_a_long_title_is_cut_at_a_word() -> None:
    said = read(f"<title>{'light ' * 100}</title>")

    assert said.title.endswith("light…")
    assert len(said.title) <= 200


ROBOTS = "<title>Lights</title><meta name=description content=A><meta property=og:image content=/a>"


@pytest.mark.parametrize(
    ("word", "about", "picture"),
    [
        ("noindex, follow", "A", "https://example.org/a"),
        ("nosnippet", "", "https://example.org/a"),
        ("max-snippet: 0", "", "https://example.org/a"),
        ("index,max-image-preview:none", "A", ""),
    ],
)
def test_publishers_say_what_is_quoted(word: str, about: str, picture: str) -> None:
    expected = Said("Lights", about, picture)

    assert read(f"{ROBOTS}<meta name=robots content='{word}'>") == expected
    assert read(ROBOTS, headers=HTML | {"x-robots-tag": word}) == expected


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a#b", "https://example.org/a"),
        ("HTTPS://Example.org:443/É?q=é", "https://example.org/%C3%89?q=%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://user:word@example.org/", ""),
        ("https://example.org:99999/", ""),
        ("https://[1/", ""),
        ("https://" + "a" * 70 + ".org/", ""),
        ("javascript:alert(1)", ""),
        ("https:///a", ""),
        ("", ""),
    ],
)
def test_addresses_are_written_as_programs_do(url: str, written: str) -> None:
    assert address_ascii(url) == written
