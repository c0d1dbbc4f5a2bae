"""The style guide shows every component, and says which template makes it."""

from __future__ import annotations

from pathlib import Path

from django.test import Client

import antenne.web

COMPONENTS = Path(antenne.web.__file__).parent / "templates/components"


def test_every_component_stands_on_the_style_guide(region: None) -> None:
    answer = Client().get("/styleguide")
    page = answer.content.decode()
    shown = {template.name for template in answer.templates}

    names = {f"components/{file.name}" for file in COMPONENTS.glob("*.html")}

    assert names - shown == set()
    assert {name for name in names if f"<code>{name}</code>" not in page} == set()


def test_the_player_shows_each_of_its_states_there(region: None) -> None:
    page = Client().get("/styleguide").content.decode()

    for state in ("processing", "refused", "private", "removed", "offline", "broken"):
        assert f'data-state="{state}"' in page
