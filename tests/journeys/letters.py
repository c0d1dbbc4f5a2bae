"""Letters that the platform has sent, read where a newcomer on this machine would read them."""

from __future__ import annotations

import re

from benchmarks.platform import eventually
from tests.journeys.house import LONG_S, House


def code_for(house: House, address: str) -> str:
    """Return the code in the last letter to an address, read where a newcomer would read it."""
    found: list[str] = []

    def look() -> bool:
        for letter in sorted((house.platform.home / "mail").glob("*.eml")):
            text = letter.read_text()
            if f"To: {address}" in text:
                found.extend(re.findall(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\r?$", text, re.MULTILINE))
        return bool(found)

    assert eventually(look, LONG_S)
    return found[-1]
