"""How somebody wants a video published; plain Python, so that reading options loads no Django."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """How the person wants it: whose channel, who may watch, and whether to wait for the end."""

    channel: str = ""
    person: str = ""
    title: str = ""
    visibility: str = "public"
    password: str = ""
    wait: bool = True
