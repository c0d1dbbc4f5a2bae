"""Tables as CSV files: what people wrote never becomes a formula of whoever opens one."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse

_CALCULATED = ("=", "+", "-", "@", "\t", "\r")


def csv_response(
    name: str, head: Iterable[object], rows: Iterable[Iterable[object]]
) -> HttpResponse:
    """Return rows as a file called *name*."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return response


def _plain(value: object) -> object:
    """Return a text so that no table calculates with it; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip().startswith(_CALCULATED):
        return f"'{value}"
    return value
