"""The categories of this site: which there are, in its order and under its names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from antenne.catalog.states import Category
from antenne.custody.selectors import setting_of
from antenne.custody.settings import CategorySettings


@dataclass(frozen=True, slots=True)
class Shown:
    """A category as people see it; one that is not offered stays on the videos that have it."""

    value: str
    name: str
    offered: bool = True


def categories_all() -> list[Shown]:
    """Return every category in the site's order, under its names in the present language."""
    chosen = setting_of(CategorySettings)
    places = {value: place for place, value in enumerate(chosen.order)}
    known = list(Category)
    language = get_language() or ""
    return [
        Shown(
            value=category.value,
            name=chosen.names.get(f"{language}:{category.value}") or str(category.label),
            offered=category.value not in chosen.hidden,
        )
        for category in sorted(
            known, key=lambda one: (places.get(one.value, len(known)), known.index(one))
        )
    ]


def categories_offered() -> list[Shown]:
    """Return the categories that people can choose and look around in."""
    return [category for category in categories_all() if category.offered]


def category_of(value: str) -> Shown | None:
    """Return a category as it is called here, offered or not; None where there is none such."""
    return next((each for each in categories_all() if each.value == value), None)


def category_name(value: str) -> str:
    """Return what a category is called here; nothing for none."""
    found = category_of(value)
    return found.name if found else ""
