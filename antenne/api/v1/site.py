"""What a program needs to know of the site before it asks for anything: names, limits, features."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from antenne import VERSION
from antenne.api.v1.callers import ANYBODY, ApiRequest, edge_of
from antenne.api.v1.schemas import site_url
from antenne.community.services.comments import COMMENT_MAX_CHARS
from antenne.custody.selectors import setting_of
from antenne.custody.settings import (
    FeatureSettings,
    LimitsSettings,
    Sensitive,
    SignUpMode,
    SignUpSettings,
    SiteSettings,
)
from antenne.ffmpeg.captions import CAPTIONS_MAX_BYTES
from antenne.ffmpeg.posters import IMAGE_FORMATS, IMAGE_MAX_BYTES
from antenne.kernel.environment import environment
from antenne.pipeline.kinds import CAPTION_KINDS, FILE_KINDS

router = Router(tags=["site"])
_CACHED: Final = "public, max-age=300"
_MS: Final = 1000


class SoftwareOut(Schema):
    """What the site runs on."""

    name: str
    version: str


class LookOut(Schema):
    """How the site looks; an address is null and a colour empty where it has none of its own."""

    logo_url: str | None
    logo_dark_url: str | None
    icon_url: str | None
    accent: str
    accent_dark: str


class JoiningRulesOut(Schema):
    """Who may make an account."""

    mode: SignUpMode
    terms_required: bool


class FeaturesOut(Schema):
    """What the site has switched on."""

    comments: bool
    posts: bool
    groups: bool
    playlists: bool
    downloads: bool
    imports: bool
    embeds: bool
    anonymous_reports: bool
    sensitive: Sensitive = Field(description="For whoever has not chosen for themselves.")


class LimitsOut(Schema):
    """How much one person may bring."""

    upload_bytes: int
    quota_bytes: int = Field(description="Of one person; somebody's own may be another: see /me.")
    daily_uploads: int = Field(description="Files in a day; 0: as many as fit.")
    video_ms: int
    picture_bytes: int
    caption_bytes: int
    comment_chars: int


class FilesOut(Schema):
    """What may be offered to choose: media types, and endings where systems know no type.

    What a file is decides its content, never its name.
    """

    videos: list[str]
    pictures: list[str]
    captions: list[str]


class SiteOut(Schema):
    """The site, the same for everybody who asks."""

    name: str
    tagline: str
    url: str
    contact: str
    language: str
    languages: list[str]
    time_zone: str
    software: SoftwareOut
    tus_url: str = Field(description="Where files are sent, by tus 1.0.")
    look: LookOut
    sign_up: JoiningRulesOut
    features: FeaturesOut
    limits: LimitsOut
    files: FilesOut


@router.get("", response=SiteOut, **ANYBODY)
def site_read(request: ApiRequest, response: HttpResponse) -> SiteOut:
    """Say what the site is called, speaks, allows and has switched on; nothing about anybody."""
    response["Cache-Control"] = _CACHED
    site = setting_of(SiteSettings)
    return SiteOut(
        name=site.name,
        tagline=site.tagline,
        url=site_url(request, "/"),
        contact=site.contact,
        language=site.language,
        languages=list(site.languages) or [code for code, _name in settings.LANGUAGES],
        time_zone=site.time_zone,
        software=SoftwareOut(name="antenne", version=VERSION),
        tus_url=f"{edge_of(request)}/uploads",
        look=_look_of(request, site),
        sign_up=JoiningRulesOut.from_orm(setting_of(SignUpSettings)),
        features=FeaturesOut.from_orm(setting_of(FeatureSettings)),
        limits=_limits_of(setting_of(LimitsSettings)),
        files=FilesOut(
            videos=list(FILE_KINDS),
            pictures=[f"image/{name.lower()}" for name in IMAGE_FORMATS],
            captions=list(CAPTION_KINDS),
        ),
    )


def _look_of(request: HttpRequest, site: SiteSettings) -> LookOut:
    def address(name: str) -> str | None:
        return site_url(request, f"/site/{name}") if name else None

    return LookOut(
        logo_url=address(site.logo),
        logo_dark_url=address(site.logo_dark),
        icon_url=address(site.icon),
        accent=site.accent,
        accent_dark=site.accent_dark,
    )


def _limits_of(limits: LimitsSettings) -> LimitsOut:
    return LimitsOut(
        upload_bytes=limits.upload_bytes,
        quota_bytes=limits.quota_bytes,
        daily_uploads=limits.daily_uploads,
        video_ms=environment().video_max_s * _MS,
        picture_bytes=IMAGE_MAX_BYTES,
        caption_bytes=CAPTIONS_MAX_BYTES,
        comment_chars=COMMENT_MAX_CHARS,
    )
