"""Whatever people write is words on every page: nothing of it is markup, a script or an address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.utils import DatabaseError
from django.http import HttpResponse
from lxml import etree
from pytest_django import DjangoDbBlocker

from antenne.custody.settings import SiteSettings
from tests.custody.proving import say
from tests.factories.world import World, undone
from tests.web.pages import client_of
from tests.web.places import PLACES
from tests.web.test_access import Visitor, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK: Final = "vqx7"
WORDS: Final = f"\"'><b id={MARK}>{{{{{MARK}}}}}</script><i onx={MARK}>]]>&lt;"
LINK: Final = f'https://swans.example/"onx={MARK}'
SHOWN_LEAST: Final = 50
# What people write; keys, states, paths and addresses are checked where they are said.
WRITTEN: Final = re.compile(
    r"name|title|description|body|text|reason|label|about|message|note|facts|filename|user_agent"
    r"|detail|fault|answer|shown|comment"
)
NAMED: Final = re.compile(r"^(codename|app_label|task_name|queue_name)$|_url$|^(sql|type)")


class Reader(HTMLParser):
    """Notes where the words became more than words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an attribute that the words have made, or that runs them."""
        for name, value in attrs:
            said = (value or "").strip().lower()
            runs = name.startswith("on") or name in {"style", "srcdoc"}
            if name == "onx" or (name == "id" and said == MARK) or (runs and MARK in said):
                self.found.append(f"<{tag} {name}={value}>")


def hostile_make() -> None:
    """Write the words wherever people can write."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("antenne.")]
    for model in ours:
        said = {field.name: _hostile(field) for field in model._meta.local_concrete_fields}
        for name, value in said.items():
            with suppress(DatabaseError), transaction.atomic():  # some may say less than that
                if value is not None:
                    model._default_manager.update(**{name: value})


def _hostile(field: models.Field[Any, Any]) -> object:
    if field.choices or field.unique or field.is_relation or NAMED.search(field.name):
        return None
    if isinstance(field, ArrayField) and field.name == "tags":
        return [WORDS[:40], "swans"]
    if isinstance(field, models.JSONField):
        return {
            "links": [{"title": WORDS, "url": LINK}],
            "chapters": [{"start_ms": 0, "title": WORDS}, {"start_ms": 900, "title": WORDS}],
        }.get(field.name)
    if isinstance(field, models.CharField | models.TextField) and WRITTEN.search(field.name):
        return WORDS[: field.max_length or 1000]
    return None


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Visitor]]:
    """Whoever looks around on a site where everything is called by these words."""
    with django_db_blocker.unblock(), undone():
        say(SiteSettings, name=WORDS[:60], tagline=WORDS[:100])
        hostile_make()
        clients = {name: client_of(person) for name, person in world.people.items()}
        yield {
            name: Visitor(client, client.cookies.output(header="", sep=";"))
            for name, client in clients.items()
        }


@pytest.mark.parametrize("name", ["alice", "mona", "stranger"])
def test_what_people_write_is_words_on_every_page(
    world: World, visitors: dict[str, Visitor], name: str
) -> None:
    shown, faults = set(), []
    for place in PLACES:
        if place.method == "GET":
            address = address_of(place, world.ids)
            with undone():
                page = visitors[name].go(place, address)
            assert page.status_code < 500, address
            shown |= {place.route} if MARK.encode() in page.content else set()
            faults += [(address, fault) for fault in faults_of(page)]

    assert faults == []
    assert len(shown) > SHOWN_LEAST


def faults_of(page: HttpResponse) -> list[str]:
    """Return where the words of a page became more than words."""
    kind, text = page.get("Content-Type", ""), page.content.decode()
    if "xml" in kind and text:
        etree.fromstring(text.encode())
    if "json" in kind and text:
        json.loads(text)
    if "html" not in kind:
        return []
    reader = Reader()
    reader.feed(text)
    for block in re.findall(r"<script[^>]*json[^>]*>(.*?)</script>", text, re.DOTALL):
        json.loads(block)
    return reader.found
