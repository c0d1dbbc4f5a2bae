"""Writes of custody."""

from __future__ import annotations

from django.db import transaction

from antenne.custody.models import Antenne, Hosting, Region

_FIRST_DIGIT = "0"


@transaction.atomic
def region_found(*, code: str, name: str) -> Region:
    """Make the region and the antenne that host this database, on its first start.

    Running it again changes nothing: a region is never renamed by configuration.
    """
    hosting = Hosting.objects.select_related("region").filter(antenne__here=True).first()
    if hosting:
        return hosting.region
    region = Region.objects.create(code=code, digit=_FIRST_DIGIT, name=name)
    antenne = Antenne.objects.create(name=name, here=True)
    Hosting.objects.create(antenne=antenne, region=region)
    return region
