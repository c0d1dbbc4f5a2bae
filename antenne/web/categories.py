"""Categories as people choose them."""

from __future__ import annotations

from antenne.catalog.selectors.categories_shown import categories_all


def category_choices(*, kept: str = "") -> list[tuple[str, str]]:
    """Return the categories that this site offers, under its names; *kept* even if it does not."""
    return [
        (category.value, category.name)
        for category in categories_all()
        if category.offered or category.value == kept
    ]
