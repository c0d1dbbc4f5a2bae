"""Data of schema.org inside our pages."""

from __future__ import annotations

import json
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

_SCRIPT_SAFE: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld_script(data: dict[str, Any]) -> SafeString:
    """Return schema.org data as a script element; nothing in it can end the element."""
    safe = json.dumps(data, ensure_ascii=False).translate(_SCRIPT_SAFE)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308 - translated above


def trail(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """Return where a page stands, from the first page on."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, start=1)
        ],
    }
