"""Takes events in and folds them: a part of `benchmarks.beacons`, in a process with Django."""

from __future__ import annotations

import os
import random
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antenne.config.settings")
django.setup()

from antenne.audience.models import Watch  # noqa: E402 - Django is loaded first
from antenne.audience.services.folding import events_fold  # noqa: E402
from antenne.audience.services.taking import batch_take  # noqa: E402
from antenne.catalog.models import Video  # noqa: E402
from antenne.catalog.services.channels import channel_default  # noqa: E402
from antenne.custody.services import region_found  # noqa: E402
from antenne.kernel.clock import now  # noqa: E402
from antenne.kernel.ids import uuid7  # noqa: E402
from tests.audience.watching import Page, asker, batch  # noqa: E402
from tests.cast import person_make  # noqa: E402
from tests.factories.catalog import video_make  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

VIDEOS: Final = 200
BATCH: Final = 4_000
STRETCHES: Final = 4


def site_make() -> list[Video]:
    """Make a site with videos and nobody who has watched them."""
    call_command("migrate", verbosity=0)
    region_found(code="eu", name="Europe")
    person = person_make("Alice")
    channel = channel_default(person=person)
    return [video_make(channel, title=f"Swan {number}") for number in range(VIDEOS)]


def batches(videos: list[Video], events: int) -> Iterator[bytes]:
    """Yield batches of sessions of four events and more, a tenth of them on one video."""
    dice = random.Random(7)  # noqa: S311 - the same each time
    records: list[bytes] = []
    for number in range(events // (STRETCHES * 2)):
        video = videos[0] if dice.random() < 0.1 else dice.choice(videos)  # noqa: PLR2004 - a tenth
        page = Page(video, who=asker(number % 60_000))
        page.day_set(now() - timedelta(minutes=dice.randrange(3 * 24 * 60)))
        for part in range(STRETCHES):
            records += page.watch((part + 1) * 3_000, part * 3_000)
        if len(records) >= BATCH:
            yield batch(*records)
            records = []


def main() -> None:
    """Take in, fold, and print what each took."""
    events = int(sys.argv[1])
    videos = site_make()
    made = list(batches(videos, events))
    begun_s = time.perf_counter()
    for body in made:
        batch_take(name=uuid7(), body=body)
    taken_s = time.perf_counter() - begun_s
    begun_s = time.perf_counter()
    while events_fold():
        pass
    folded_s = time.perf_counter() - begun_s
    sessions = Watch.objects.count()
    for name, spent_s in (("taken", taken_s), ("folded", folded_s)):
        rate = events / spent_s
        sys.stdout.write(f"  {events} events {name} in {spent_s:.1f} s, {rate:.0f}/s\n")
    sys.stdout.write(f"  {sessions} sessions\n")


if __name__ == "__main__":
    main()
