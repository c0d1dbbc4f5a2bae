"""Reads of custody."""

from __future__ import annotations

from antenne.custody.models import Region


class RegionMissing(Exception):
    """This database hosts no region yet: `antenne serve` founds it at its first start."""


def region_home() -> Region:
    """Return the region that new rows of this installation belong to."""
    region = Region.objects.filter(hosting__antenne__here=True).order_by("code").first()
    if region is None:
        raise RegionMissing
    return region
