"""What is declared of the fields of `antenne.custody`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, public

MAP: dict[str, tuple[Entry, ...]] = {
    "custody.Region": (public("code digit name"),),
    "custody.Antenne": (operational("id name here created_at"),),
    "custody.Hosting": (operational("id antenne region"),),
}
