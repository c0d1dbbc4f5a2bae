"""Writes the snapshot of the API's description: `python -m tools.openapi`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django

SNAPSHOT = Path("antenne/api/v1/openapi.json")


def text_of(document: dict[str, object]) -> str:
    """Return a document as it is kept."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the snapshot; no database is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antenne.config.settings")
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1/nothing")
    django.setup()
    from antenne.api.v1.urls import document  # noqa: PLC0415 - it needs the settings of the line above

    SNAPSHOT.write_text(text_of(document()))


if __name__ == "__main__":
    main()
