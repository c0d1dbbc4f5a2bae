"""Part of `benchmarks.site`, in a process with Django: fills a site once, then asks its pages.

    python -m benchmarks.site_inside VIDEOS RUNS

The last line it prints is a JSON list with what each page costs.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.site_content import site_fill
from benchmarks.site_costs import page_cost
from benchmarks.site_words import Vocabulary

_SQL_CHARS: Final = 160
_FRAGMENT: Final = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A page to measure; *listed* are lists and answers of the API, *member* is signed in."""

    name: str
    path: str
    listed: bool = False
    member: bool = False
    fragment: bool = False


PAGES: Final = (
    Asked("home", "/"),
    Asked("home, signed in", "/", member=True),
    Asked("home, later page", "/?after={after}"),
    Asked("search, common word", "/search?q={common}"),
    Asked("search, middling word", "/search?q={middling}"),
    Asked("search, rare word", "/search?q={rare}"),
    Asked("search, phrase", "/search?q={phrase}"),
    Asked("search, typo", "/search?q={typo}"),
    Asked("search, common word, by date", "/search?q={common}&sort=newest"),
    Asked("search, what is said", "/search?q={common}&kind=moment"),
    Asked("search, signed in", "/search?q={common}", member=True),
    Asked("watch", "/v/{video}"),
    Asked("watch, signed in", "/v/{video}", member=True),
    Asked("channel", "/c/{channel}"),
    Asked("channel, signed in", "/c/{channel}", member=True),
    Asked("comments page", "/v/{video}/comments"),
    Asked("comments", "/v/{video}/comments", listed=True, fragment=True),
    Asked("comments, signed in", "/v/{video}/comments", listed=True, fragment=True, member=True),
    Asked("API videos", "/api/v1/videos", listed=True),
    Asked("API videos searched", "/api/v1/search?q={middling}", listed=True),
    Asked("API channels", "/api/v1/channels", listed=True),
    Asked("API channel's videos", "/api/v1/channels/{channel}/videos", listed=True),
    Asked("API comments", "/api/v1/videos/{video}/comments", listed=True),
)


def places() -> dict[str, str]:
    """Return the most watched public video, the largest channel, and what is searched for."""
    found = apps.get_model("catalog.VideoSearch").objects.filter(audience="everybody")
    video = found.select_related("video").order_by("-views")[0].video
    channel = apps.get_model("catalog.Channel").objects.get(handle="c0")
    answer = Client().get("/api/v1/videos").json()
    after = answer["next_cursor"]
    words = asdict(Vocabulary().searched())
    return {"video": video.public_id, "channel": channel.handle, "after": after, **words}


def filled(videos: int) -> None:
    """Fill the site unless that was done before."""
    if apps.get_model("catalog.Video").objects.exists():
        return
    begun_s = time.monotonic()
    site_fill(videos)
    import_module("antenne.catalog.services.trends").words_count()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE catalog_searchword")  # a running site does that by itself
    sys.stderr.write(f"{videos} videos filled in {time.monotonic() - begun_s:.0f} s\n")


def costs(runs: int) -> list[dict[str, object]]:
    """Measure every page, as a stranger or as the member who has much of everything.

    Each time it is made: what is kept for the next stranger would hide what it costs.
    """
    import_module("antenne.web.strangers").ANSWERS.on = False
    known = places()
    stranger, member = Client(), Client()
    member.force_login(apps.get_model("accounts.User").objects.order_by("pk")[0])
    session = member.cookies[settings.SESSION_COOKIE_NAME].value
    rows = []
    for page in PAGES:
        path = page.path.format(**known)
        headers = _FRAGMENT if page.fragment else {}
        cost = page_cost(member if page.member else stranger, path, headers, runs)
        sent = dict(headers)
        if page.member:
            sent["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={session}"
        rows.append(
            {
                "name": page.name,
                "path": path.replace(" ", "%20").replace('"', "%22"),
                "listed": page.listed,
                "headers": sent,
                "queries": cost.queries,
                "python_ms": cost.python_ms,
                "database_ms": cost.database_ms,
                "slowest_ms": cost.slowest_ms,
                "slowest": " ".join(cost.slowest.split())[:_SQL_CHARS],
            }
        )
    return rows


def main(videos: int, runs: int) -> None:
    """Fill up to *videos*, then measure."""
    filled(videos)
    sys.stdout.write(json.dumps(costs(runs)) + "\n")


if __name__ == "__main__":
    import_module("antenne.config.wsgi")  # as the server loads it
    main(*map(int, sys.argv[1:]))
