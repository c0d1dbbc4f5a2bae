"""What every page of one video in the studio begins with: its head, its places, its player."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from antenne.catalog.selectors.sight import video_owned
from antenne.pipeline.chapters import chapters_shown
from antenne.web.viewer import with_person
from antenne.web.watch.block import player_block

if TYPE_CHECKING:
    from collections.abc import Callable

    from antenne.accounts.models import Person
    from antenne.catalog.models import Video

Rest = ParamSpec("Rest")


def with_video(
    view: Callable[Concatenate[HttpRequest, Person, Video, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let in whoever may change the video of the address; to others there is no such page."""

    @with_person
    @wraps(view)
    def inner(
        request: HttpRequest, person: Person, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        found = video_owned(str(kwargs.pop("public_id")), by=person)
        return view(request, person, found, *args, **kwargs)

    return inner


def video_page(request: HttpRequest, video: Video, *, place: str) -> dict[str, Any]:
    """Return what `studio/_video_head.html` and `studio/_preview.html` ask for."""
    chapters = chapters_shown(video)
    player = player_block(request, video, chapters, embedded=True)
    return {
        "video": video,
        "place": place,
        "chapters": chapters,
        # Whoever looks after a video is not its audience.
        "player": {**player, "beacon": None},
    }
