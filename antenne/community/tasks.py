"""Work of the community that nobody waits for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from antenne.community.services import leaving, posts, search
from antenne.community.services.clearing import channel_clear, old_clear, subject_clear
from antenne.community.services.letters import letters_send
from antenne.community.services.links import link_card_make
from antenne.community.services.teams_telling import handed_over_told, invited_told, joined_told
from antenne.community.services.telling import (
    asked_told,
    comment_told,
    heart_told,
    held_told,
    let_in_told,
    post_told,
    video_told,
)
from antenne.community.states import MailPace
from antenne.custody.selectors import site_zone

SHORT = "short"
PUSH = "push"  # what waits for other sites
_MORNING_H = 6
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


def _clock(timestamp: int) -> datetime:
    """Return what the clocks of the site showed when a task was due."""
    return datetime.fromtimestamp(timestamp, tz=site_zone())


@app.task(name="community.video_clear", queue=SHORT, retry=_RETRY)
def video_clear(*, public_id: str, video: str) -> None:
    """Delete what people said and did around a video that was removed."""
    subject_clear(subject=UUID(video))


@app.task(name="community.comment_tell", queue=SHORT, retry=_RETRY)
def comment_tell(*, comment: str) -> None:
    """Tell those whom a new comment concerns."""
    comment_told(key=UUID(comment))


@app.task(name="community.held_tell", queue=SHORT, retry=_RETRY)
def held_tell(*, comment: str) -> None:
    """Tell who keeps a place that a comment waits there."""
    held_told(key=UUID(comment))


@app.task(name="community.heart_tell", queue=SHORT, retry=_RETRY)
def heart_tell(*, comment: str) -> None:
    """Tell a writer that the channel likes their comment."""
    heart_told(key=UUID(comment))


@app.task(name="community.video_tell", queue=SHORT, retry=_RETRY)
def video_tell(*, video: str) -> None:
    """Tell the followers of a channel of its new video."""
    video_told(key=UUID(video))


@app.task(name="community.post_tell", queue=SHORT, retry=_RETRY)
def post_tell(*, post: str) -> None:
    """Tell those who follow of a new post."""
    post_told(key=UUID(post))


@app.task(name="community.post_clear", queue=SHORT, retry=_RETRY)
def post_clear(*, post: str, public_id: str) -> None:
    """Delete the pictures of a post that was removed, and what was said about it."""
    posts.post_clear(public_id=public_id)
    subject_clear(subject=UUID(post))


@app.task(name="community.post_index", queue=SHORT, retry=_RETRY)
def post_index(*, post: str) -> None:
    """Write what a post is found by."""
    search.post_index(post_id=UUID(post))


@app.task(name="community.post_link", queue=PUSH, retry=_RETRY)
def post_link(*, post: str) -> None:
    """Ask the first page that a post links to what it is about."""
    link_card_make(post_id=UUID(post))


@app.task(name="community.group_index", queue=SHORT, retry=_RETRY)
def group_index(*, group: str) -> None:
    """Write what a group is found by."""
    search.group_index(group_id=UUID(group))


@app.periodic(cron="* * * * *")
@app.task(name="community.search_catch_up", queue=SHORT, queueing_lock="community_search_catch_up")
def search_catch_up(timestamp: int) -> None:
    """Index what was there before search was, or fell by the wayside."""
    search.search_catch_up()


@app.periodic(cron="7,37 * * * *")
@app.task(name="community.words_count", queue=SHORT, queueing_lock="words_count")
def words_count(timestamp: int) -> None:
    """Count the words that complete and correct what people type."""
    search.words_count()


@app.task(name="community.post_pictures_clear", queue=SHORT, retry=_RETRY)
def post_pictures_clear(*, public_id: str) -> None:
    """Delete the pictures of a discussion that goes on without its first words."""
    posts.post_clear(public_id=public_id)


@app.task(name="community.channel_posts_clear", queue=SHORT, retry=_RETRY)
def channel_posts_clear(*, channel: str, folder: str) -> None:
    """Remove the posts of a channel that is gone."""
    channel_clear(channel=UUID(channel))


@app.task(name="community.asked_tell", queue=SHORT, retry=_RETRY)
def asked_tell(*, member: str) -> None:
    """Tell the leaders of a group who asks to join."""
    asked_told(key=UUID(member))


@app.task(name="community.let_in_tell", queue=SHORT, retry=_RETRY)
def let_in_tell(*, member: str) -> None:
    """Tell somebody that a group let them in."""
    let_in_told(key=UUID(member))


@app.task(name="community.invited_tell", queue=SHORT, retry=_RETRY)
def invited_tell(*, invitation: str) -> None:
    """Tell somebody that a team asks them in, or that a channel is offered to them."""
    invited_told(key=UUID(invitation))


@app.task(name="community.joined_tell", queue=SHORT, retry=_RETRY)
def joined_tell(*, channel: str, person: str) -> None:
    """Tell the owner of a channel who has joined its team."""
    joined_told(channel_id=UUID(channel), person_id=UUID(person))


@app.task(name="community.handed_over_tell", queue=SHORT, retry=_RETRY)
def handed_over_tell(*, channel: str, before: str, to: str, at: int) -> None:
    """Tell both owners that a channel has changed hands."""
    handed_over_told(channel_id=UUID(channel), before=UUID(before), to=UUID(to), at=at)


@app.periodic(cron="* * * * *")
@app.task(name="community.letters_now", queue=SHORT, queueing_lock="letters_now")
def letters_now(timestamp: int) -> None:
    """Write at once to those who asked for it and have not read it on the site meanwhile."""
    letters_send(pace=MailPace.NOW)


@app.periodic(cron="5 * * * *")
@app.task(name="community.letters_daily", queue=SHORT, queueing_lock="letters_daily")
def letters_daily(timestamp: int) -> None:
    """Write the letters of the day, at six by the clocks of the site."""
    if _clock(timestamp).hour == _MORNING_H:
        letters_send(pace=MailPace.DAILY)


@app.periodic(cron="15 * * * *")
@app.task(name="community.letters_weekly", queue=SHORT, queueing_lock="letters_weekly")
def letters_weekly(timestamp: int) -> None:
    """Write the letters of the week, on Mondays at six by the clocks of the site."""
    clock = _clock(timestamp)
    if clock.hour == _MORNING_H and clock.weekday() == 0:
        letters_send(pace=MailPace.WEEKLY)


@app.periodic(cron="40 4 * * *")
@app.task(name="community.old_forget", queue=SHORT, queueing_lock="community_old_forget")
def old_forget(timestamp: int) -> None:
    """Forget notifications, and where comments came from, after ninety days."""
    old_clear()


@app.task(name="community.person_leave", queue=SHORT, retry=_RETRY)
def person_leave(*, person: str) -> None:
    """Take back what somebody who leaves has said and done among others."""
    leaving.person_leave(person_id=UUID(person))
