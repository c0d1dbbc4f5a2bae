"""The data map: the class, home rule, retention and lawful basis of each field we keep.

Keyed by `app.Model`; every field of every model, third-party ones included, stands here, and a
test fails on one that does not. Export, erasure, replication and documentation are made from it.
"""

from __future__ import annotations

from antenne.custody.datamap import (
    accounts,
    audience,
    catalog,
    community,
    custody,
    kernel,
    moderation,
    pipeline,
    syndication,
    third_parties,
)
from antenne.custody.datamap.entries import DataClass, Entry, HomeRule

__all__ = ["DATA_MAP", "DataClass", "Entry", "HomeRule"]

DATA_MAP: dict[str, tuple[Entry, ...]] = {
    **kernel.MAP,
    **custody.MAP,
    **accounts.MAP,
    **catalog.MAP,
    **pipeline.MAP,
    **audience.MAP,
    **community.MAP,
    **syndication.MAP,
    **moderation.MAP,
    **third_parties.MAP,
}
