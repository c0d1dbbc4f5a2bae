"""Work of the catalog that nobody waits for."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from antenne.catalog.services import channel_pictures, leaving, search, trends
from antenne.catalog.services.visibility import videos_due_publish

SHORT = "short"
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)


@app.periodic(cron="* * * * * */10")
@app.task(name="catalog.scheduled_publish", queue="rescue", queueing_lock="scheduled_publish")
def scheduled_publish(timestamp: int) -> None:
    """Make scheduled videos public when their moment has come."""
    videos_due_publish()


@app.task(name="catalog.video_index", queue=SHORT, retry=_RETRY)
def video_index(*, video: str) -> None:
    """Write what a video is found by."""
    search.video_index(video_id=UUID(video))


@app.task(name="catalog.caption_index", queue=SHORT, retry=_RETRY)
def caption_index(*, caption: str) -> None:
    """Write what is said in a caption track."""
    search.caption_index(caption_id=UUID(caption))


@app.task(name="catalog.channel_index", queue=SHORT, retry=_RETRY)
def channel_index(*, channel: str) -> None:
    """Write what a channel is found by."""
    search.channel_index(channel_id=UUID(channel))


@app.task(name="catalog.playlist_index", queue=SHORT, retry=_RETRY)
def playlist_index(*, playlist: str) -> None:
    """Write what a playlist is found by."""
    search.playlist_index(playlist_id=UUID(playlist))


@app.periodic(cron="* * * * *")
@app.task(name="catalog.search_catch_up", queue=SHORT, queueing_lock="search_catch_up")
def search_catch_up(timestamp: int) -> None:
    """Index what was there before search was, or fell by the wayside."""
    search.search_catch_up()


@app.periodic(cron="*/5 * * * *")
@app.task(name="catalog.trends_update", queue=SHORT, queueing_lock="trends_update")
def trends_update(timestamp: int) -> None:
    """Follow what is watched and liked."""
    trends.trends_update()


@app.task(name="catalog.channel_picture_clear", queue="short", retry=_RETRY)
def channel_picture_clear(*, folder: str, path: str) -> None:
    """Delete an avatar or banner that was replaced."""
    channel_pictures.channel_picture_clear(folder=folder, path=path)


@app.task(name="catalog.channel_pictures_clear", queue="short", retry=_RETRY)
def channel_pictures_clear(*, channel: str, folder: str) -> None:
    """Delete the pictures of a removed channel."""
    channel_pictures.channel_pictures_clear(folder=folder)


@app.task(name="catalog.person_leave", queue=SHORT, retry=_RETRY)
def person_leave(*, person: str) -> None:
    """Remove what somebody has published who leaves."""
    leaving.person_leave(person_id=UUID(person))
