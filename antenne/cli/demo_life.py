"""The life of the demo's site: people with pictures, what they say, keep, follow and watch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from antenne.accounts.models import Person
from antenne.accounts.selectors import person_by_login
from antenne.accounts.services import (
    Liking,
    avatar_bring,
    person_create,
    preferences_set,
    profile_edit,
)
from antenne.catalog.models import Channel, Playlist, Video
from antenne.catalog.services.channel_pictures import channel_picture_bring
from antenne.catalog.services.channels import channel_create, channel_edit
from antenne.catalog.services.details import Details
from antenne.catalog.services.playlists import playlist_create, playlist_item_add
from antenne.catalog.services.videos import video_backdate, video_edit
from antenne.cli.demo_people import (
    AVATARS,
    BANNERS,
    CAPTION_TIMES_S,
    CAPTIONED,
    CAPTIONS,
    DISCUSSIONS,
    FOLLOWS,
    GROUP_ABOUT,
    GROUP_KEEPER,
    GROUP_NAME,
    LIKES,
    PEOPLE,
    PLAYLISTS,
    POSTS,
    SHOWN,
    TALK,
    Posted,
    Said,
)
from antenne.cli.demo_views import audience_bring
from antenne.cli.demo_words import channels, videos
from antenne.community.models import Comment, Like
from antenne.community.selectors.places import Place, place_of_video
from antenne.community.services.comments import comment_create
from antenne.community.services.follows import channel_follow
from antenne.community.services.groups import group_create, group_join
from antenne.community.services.likes import video_like
from antenne.community.services.posts import Brought, Words, channel_post, group_post
from antenne.custody.settings import Sensitive
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.signing import subkey
from antenne.pipeline.stages.captions import caption_bring

_PASSWORD_CHARS: Final = 12
Still = tuple[str, int]


def password_of_demo() -> str:
    """Return the password of everybody in the demo: of this site alone, the same each time."""
    return subkey(environment().secret, "demo").hex()[:_PASSWORD_CHARS]


def stills_wanted(scene: str) -> tuple[int, ...]:
    """Return the seconds of a scene of which a picture is needed."""
    faces = (*AVATARS.values(), *BANNERS.values())
    shown = [(name, second) for post in POSTS for name, second, _alt in post.stills]
    return tuple(sorted({second for name, second in (*faces, *shown) if name == scene}))


@dataclass
class Cast:
    """The people of the demo by their keys, their channels by handle, the pictures taken so far."""

    people: dict[str, Person]
    channels: dict[str, Channel]
    stills: dict[Still, bytes] = field(default_factory=dict)


def cast_make() -> Cast:
    """Make the people and channels of the demo, those that are not there yet."""
    people = {one.key: person_by_login(one.login) for one in PEOPLE}
    made: dict[str, Person] = {}
    for one in PEOPLE:
        person = people[one.key]
        if person is None:
            person = person_create(email=one.login, password=password_of_demo(), name=one.name)
            person = profile_edit(by=person, about=one.about)
            preferences_set(by=person, liking=_liking(one.language))
        made[one.key] = person
    owners = {one.channel: made[one.key] for one in PEOPLE}
    return Cast(made, {handle: _channel(handle, owner) for handle, owner in owners.items()})


def _liking(language: str) -> Liking:
    return Liking(language=language, autoplay=True, data_saver=False, sensitive=Sensitive.ASK)


def _channel(handle: str, owner: Person) -> Channel:
    found = Channel.objects.filter(handle=handle, person=owner).first()
    if found is not None:
        return found
    wanted = next(channel for channel in channels() if channel.handle == handle)
    made = channel_create(person=owner, name=wanted.name, handle=handle)
    return channel_edit(by=owner, handle=made.handle, description=wanted.about)


def pictures_bring(cast: Cast) -> None:
    """Show the pictures that have been taken where nothing is shown yet."""
    for handle, channel in cast.channels.items():
        avatar, banner = cast.stills.get(AVATARS[handle]), cast.stills.get(BANNERS[handle])
        if avatar is not None and not channel.avatar:
            avatar_bring(by=channel.person, data=avatar)
            cast.channels[handle] = _picture_bring(channel, "avatar", avatar)
        if banner is not None and not channel.banner:
            cast.channels[handle] = _picture_bring(channel, "banner", banner)


def _picture_bring(channel: Channel, kind: str, still: bytes) -> Channel:
    return channel_picture_bring(by=channel.person, handle=channel.handle, kind=kind, data=still)


def video_enliven(cast: Cast, scene: str, video: Video) -> None:
    """Date a video back, say what it is about and who likes it; done once, whoever asks again."""
    if Like.objects.filter(video=video, person__in=cast.people.values()).exists():
        return
    shown = SHOWN[scene]
    moment = now() - timedelta(hours=shown.age_h)
    owner = cast.channels[videos()[scene].channel].person
    video_backdate(by=owner, public_id=video.public_id, moment=moment)
    details = Details(category=shown.category, tags=shown.tags, licence="CC0-1.0")
    video_edit(by=owner, public_id=video.public_id, details=details)
    if scene == CAPTIONED:
        _captions_bring(owner, video)
    for one in TALK.get(scene, ()):
        _say(cast, video, one)
    for key in LIKES.get(scene, "").split():
        video_like(by=cast.people[key], video=video, on=True)


def _captions_bring(owner: Person, video: Video) -> None:
    for language, (label, lines) in CAPTIONS.items():
        cues = "\n\n".join(
            f"00:{begin:02d}.000 --> 00:{end:02d}.000\n{line}"
            for (begin, end), line in zip(CAPTION_TIMES_S, lines, strict=True)
        )
        caption_bring(
            by=owner,
            public_id=video.public_id,
            language=language,
            label=label,
            filename="demo.vtt",
            data=f"WEBVTT\n\n{cues}\n".encode(),
        )


def _say(cast: Cast, video: Video, said: Said, under: Comment | None = None) -> None:
    writer = cast.people[said.by]
    place: Place = place_of_video(video.public_id, viewer=writer)
    reply_to = under.pk if under else None
    comment = comment_create(by=writer, place=place, body=said.words, reply_to=reply_to)
    for answer in said.answers:
        _say(cast, video, answer, comment)


def site_enliven(cast: Cast, found: Mapping[str, Video]) -> None:
    """Bring what spans several videos, once all of them are there; done once."""
    owner = cast.people[PLAYLISTS[0].by]
    if Playlist.objects.filter(person=owner, title=PLAYLISTS[0].title).exists():
        return
    for key, handles in FOLLOWS.items():
        for handle in handles.split():
            channel_follow(by=cast.people[key], channel=cast.channels[handle])
    audience_bring(
        {video: SHOWN[scene].sessions for scene, video in found.items()},
        list(cast.people.values()),
    )
    for post in POSTS:
        writer = cast.people[post.by]
        channel = next(one for one in cast.channels.values() if one.person_id == writer.pk)
        channel_post(by=writer, channel=channel, words=_words(cast, post, found))
    _group_bring(cast, found)
    _playlists_bring(cast, found)


def _words(cast: Cast, post: Posted, found: Mapping[str, Video]) -> Words:
    shown = found.get(post.shows)
    photos = tuple(
        Brought(cast.stills[scene, second], alt)
        for scene, second, alt in post.stills
        if (scene, second) in cast.stills
    )
    return Words(post.words, post.title, video=shown.public_id if shown else "", photos=photos)


def _group_bring(cast: Cast, found: Mapping[str, Video]) -> None:
    keeper = cast.people[GROUP_KEEPER]
    group = group_create(by=keeper, name=GROUP_NAME, about=GROUP_ABOUT)
    for person in cast.people.values():
        group_join(by=person, group=group)
    for post in DISCUSSIONS:
        group_post(by=cast.people[post.by], group=group, words=_words(cast, post, found))


def _playlists_bring(cast: Cast, found: Mapping[str, Video]) -> None:
    for listed in PLAYLISTS:
        writer = cast.people[listed.by]
        playlist = playlist_create(
            by=writer, title=listed.title, description=listed.about, visibility="public"
        )
        for scene in listed.scenes:
            if scene in found:
                playlist_item_add(
                    by=writer, public_id=playlist.public_id, video=found[scene].public_id
                )
