"""Videos that search knows, without a worker: made by the services that the worker calls."""

from __future__ import annotations

from typing import Any

from antenne.catalog.asking import asking_read
from antenne.catalog.models import Caption, Channel, Video
from antenne.catalog.selectors.search import Narrowing, videos_found
from antenne.catalog.services.captions import caption_put
from antenne.catalog.services.search import caption_index, channel_index, video_index
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from tests.factories.catalog import video_make


def known(channel: Channel, title: str, *, visibility: str = "public", **said: Any) -> Video:  # noqa: ANN401 - columns of any kind
    """Make a video of which *said* is known, and index it."""
    video = video_make(channel, title=title, visibility=visibility)
    Video.objects.filter(pk=video.pk).update(**said)
    video_index(video_id=video.pk)
    channel_index(channel_id=channel.pk)
    return Video.objects.get(pk=video.pk)


def spoken(video: Video, *lines: str, language: str = "en") -> Caption:
    """Give a video captions, one line each ten seconds, and index them."""
    cues = [
        f"00:00:{10 * n:02}.000 --> 00:00:{10 * n + 5:02}.000\n{line}\n"
        for n, line in enumerate(lines)
    ]
    path = f"captions/{language}.vtt"
    webvtt = "\n".join(["WEBVTT\n", *cues])
    storage_open(environment()).put(f"media/{video.public_id}/{path}", webvtt.encode())
    caption = caption_put(
        video=video, language=language, label=language, path=path, origin="upload"
    )
    caption_index(caption_id=caption.pk)
    return caption


def titles(text: str, narrowing: Narrowing | None = None, **how: Any) -> list[str]:  # noqa: ANN401 - as videos_found takes it
    """Return the titles that a search finds, in order."""
    page = videos_found(asking_read(text), narrowing or Narrowing(), **how)
    return [video.title for video in page.rows]
