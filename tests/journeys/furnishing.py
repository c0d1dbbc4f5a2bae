"""Furnishes a running platform: something stands behind every address that has a page.

Called in the platform's own environment, by `antenne.cli.late.platform_call`.
"""

from __future__ import annotations

import json
from datetime import timedelta

from antenne.accounts.models import Person
from antenne.accounts.selectors import person_by_login
from antenne.catalog.models import Caption, Channel, Video
from antenne.catalog.services.channels import channel_default
from antenne.catalog.services.details import Details
from antenne.catalog.services.playlists import playlist_create, playlist_item_add
from antenne.catalog.services.videos import video_create, video_describe, video_edit, video_remove
from antenne.catalog.services.visibility import Showing
from antenne.community.selectors.places import place_of_video
from antenne.community.services.comments import comment_create
from antenne.community.services.groups import group_create
from antenne.community.services.letters import unsubscribe_url
from antenne.community.services.posts import Words, channel_post
from antenne.community.services.telling import comment_told
from antenne.community.states import MailPace
from antenne.custody.services import setting_write
from antenne.custody.settings import PagesSettings
from antenne.kernel.clock import now
from antenne.syndication.services.sources import source_add
from antenne.syndication.services.webhooks import webhook_create
from tests.cast import person_make
from tests.factories.moderation import decision_make, report_make

LONG = "An unreasonably long title about the restoration of a lighthouse, its lamp and its keepers"


def furnish(*, email: str, film: str, operator: str = "") -> str:
    """Put everything in and return, as JSON, what belongs into addresses: "place:parameter".

    Who owns the film runs the site too, unless another operator is named.
    """
    ada, mona = person_by_login(email), person_by_login(operator or email)
    assert ada is not None
    assert mona is not None
    shown = video_edit(
        by=ada,
        public_id=film,
        details=Details(category="music", tags=("harbour", "night and day"), downloadable=True),
    )
    bob = person_make("Bob")
    values = {
        **_films(ada, shown),
        **_talk(ada, bob, shown),
        **_channel(ada, shown),
        **_desk(ada, bob, mona, shown),
    }
    return json.dumps({name: str(value) for name, value in values.items()})


def _films(ada: Person, film: Video) -> dict[str, object]:
    """Further films without media, one for each state of a watch page."""
    states = {
        "long": Showing(),
        "locked": Showing("password", password="correct horse"),  # noqa: S106 - nobody's
        "private": Showing("private"),
        "later": Showing("scheduled", publish_at=now() + timedelta(days=2)),
        "premiere": Showing("scheduled", publish_at=now() + timedelta(days=2)),
        "sensitive": Showing(),
        "refused": Showing(),
        "removed": Showing(),
    }
    made = {name: _film(film.channel, name, showing) for name, showing in states.items()}
    for name in ("premiere", "sensitive"):
        wish = Details(premiere=True) if name == "premiere" else Details(sensitive=True)
        video_edit(by=ada, public_id=made[name], details=wish)
    video_remove(by=ada, public_id=made["removed"])
    return {f"film:{name}": public_id for name, public_id in made.items()}


def _film(channel: Channel, name: str, showing: Showing) -> str:
    video = video_create(channel=channel, title=f"{LONG}: {name}", showing=showing)
    state = "refused" if name == "refused" else "ready"
    video_describe(
        video_id=video.pk, state=state, duration_ms=754_000, width_px=1080, height_px=1920
    )
    return video.public_id


def _talk(ada: Person, bob: Person, film: Video) -> dict[str, object]:
    """Comments, an answer, a notification, posts and a group."""
    place = place_of_video(film.public_id, viewer=bob)
    said = comment_create(by=bob, place=place, body="The light at 0:02 is unreal. " * 12)
    own = place_of_video(film.public_id, viewer=ada)
    comment_create(by=ada, place=own, body="Thank you.", reply_to=said.pk)
    mine = comment_create(by=ada, place=own, body="In the morning, near the pier.")
    comment_told(key=said.pk)
    words = Words("Three days at sea.", video=film.public_id)
    post = channel_post(by=ada, channel=film.channel, words=words)
    group = group_create(by=ada, name="Lighthouses of the west", about="Towers.")
    playlist = playlist_create(by=ada, title="Evenings at the harbour", visibility="public")
    playlist_item_add(by=ada, public_id=playlist.public_id, video=film.public_id)
    return {
        "comments:key": mine.pk,
        "desk_comment:key": said.pk,
        "u:handle": bob.handle,
        "p:public_id": post.public_id,
        "g:handle": group.handle,
        "playlists:public_id": playlist.public_id,
        "letters:ticket": unsubscribe_url(bob, MailPace.NOW).rpartition("/")[2],
    }


def _channel(ada: Person, film: Video) -> dict[str, object]:
    """What a channel hands on, and where it takes from."""
    handle = film.channel.handle
    url = "https://newsroom.example.org/hooks/antenne"
    hook = webhook_create(by=ada, handle=handle, url=url, events=["video.published"])
    feed = "https://www.harbour.example/rss/videos.xml"
    source = source_add(by=ada, handle=handle, url=feed, period_min=60, visibility="private")
    return {
        "c:handle": handle,
        "studio:handle": handle,
        "studio:webhook_id": hook.pk,
        "studio:source_id": source.pk,
        "studio:caption_id": Caption.objects.filter(video=film).values_list("pk", flat=True)[0],
    }


def _desk(ada: Person, bob: Person, mona: Person, film: Video) -> dict[str, object]:
    """A report that waits, a decision, and the texts of the site."""
    channel = channel_default(person=ada)
    reported = report_make(film, by=bob)
    withdrawn = video_create(channel=channel, title="Withdrawn", showing=Showing())
    video_describe(video_id=withdrawn.pk, state="ready")
    withdrawn.refresh_from_db()
    decision = decision_make(withdrawn, by=mona)
    url = "https://wire.example.org/hooks/antenne"
    hook = webhook_create(by=mona, handle="", url=url, events=["video.published"])
    text = {"en": "# Terms\n\n1. Be kind.\n\n| what | how long |\n|---|---|\n| videos | a year |"}
    setting_write(value=PagesSettings(about=text, terms=text, privacy=text), by=mona.pk, reason="")
    return {
        "desk:handle": bob.handle,
        "desk:report_id": reported.pk,
        "desk:webhook_id": hook.pk,
        "desk_channel:handle": film.channel.handle,
        "desk:public_id": film.public_id,
        "desk:key": "site",
        "decisions:decision_id": decision.pk,
        "film:withdrawn": withdrawn.public_id,
    }
