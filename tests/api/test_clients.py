"""What writers of clients are told is true: its examples are sent, its tables compared."""

from __future__ import annotations

import io
import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from antenne.accounts.models import Person
from antenne.accounts.scopes import Scope
from antenne.api.problems import KINDS
from antenne.api.v1.callers import READ_RATE, REFUSED_RATE, STRANGER_RATE, WRITE_RATE
from antenne.api.v1.urls import document
from antenne.catalog.models import Channel
from antenne.community.models import Post
from antenne.kernel.rate import Rate
from tests.api.callers import Calls, said
from tests.community.test_posts import picture
from tests.factories.accounts import token_make
from tests.factories.catalog import video_make
from tests.web.pages import client_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "write-a-client.md"


def commands() -> list[list[str]]:
    """Return the words of each curl command on the page."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line.strip())[1:] for line in lines]


def sent(words: list[str], values: dict[str, str]) -> HttpResponse:
    """Send what a curl command sends."""
    filled = [re.sub(r"\$(\w+)", lambda name: values[name[1]], word) for word in words]
    options = [(one, next_) for one, next_ in pairwise(filled) if one[0] == "-"]
    address = next(word for word in filled if "/api/v1" in word)
    headers = dict(value.split(": ", 1) for name, value in options if name == "-H")
    client = Client(headers=headers)
    method = next((value for name, value in options if name == "-X"), "")
    text = next((value for name, value in options if name == "--json"), None)
    if text is not None:
        kind = "application/json"
        return cast(
            "HttpResponse", client.generic(method or "POST", address, text, content_type=kind)
        )
    parts = dict(value.split("=", 1) for name, value in options if name == "-F")
    if parts:
        files = {key: _file(value) for key, value in parts.items() if value[0] == "@"}
        return cast("HttpResponse", client.post(address, {**parts, **files}))
    return cast("HttpResponse", client.get(address))


def _file(name: str) -> io.BytesIO:
    file = io.BytesIO(picture())
    file.name = name.removeprefix("@")
    return file


def test_the_examples_do_what_the_page_says(alice: Person, channel: Channel) -> None:
    for title in "ABC":
        video_make(channel, title=title)
    values = {
        "SITE": "",
        "TOKEN": token_make(alice),
        "CHANNEL": channel.handle,
        "VIDEO": "",
        "CURSOR": said(Calls().get("/channels/alice/videos?size=2"))["next_cursor"],
    }

    for words in commands():
        answer = sent(words, values)

        assert answer.status_code < 300, (words, answer.content)
        values["VIDEO"] = values["VIDEO"] or said(answer).get("video", {}).get("id", "")
    assert Post.objects.get().video is not None
    assert values["CURSOR"]


@pytest.mark.parametrize("code", KINDS)
def test_every_refusal_is_explained_with_its_status(code: str) -> None:
    assert f"| `{code}` | {KINDS[code][0]} |" in PAGE.read_text()


def test_scopes_and_rates_are_those_of_the_code() -> None:
    text = PAGE.read_text()

    def per_minute(rate: Rate) -> int:
        return rate.limit * 60 // rate.window_s

    assert [scope.value for scope in Scope if f"| `{scope.value}` |" not in text] == []
    for reads, writes in ((READ_RATE, WRITE_RATE), (STRANGER_RATE,) * 2, (REFUSED_RATE,) * 2):
        assert f"| {per_minute(reads)} | {per_minute(writes)} |" in text


def test_the_description_is_a_page_with_every_operation(alice: Person) -> None:
    answer = client_of(alice).get("/api/v1/docs")

    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    names = [each["operationId"] for path in document()["paths"].values() for each in path.values()]
    assert [name for name in names if f'id="{name}"' not in page] == []
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]
    assert json.dumps(answer["Content-Security-Policy"]).count("unsafe") == 0
