"""Every page of the site, and which of the cast may come there.

A row is a method, a route as `urls.py` writes it, who may, and what a form sends. The routes are
filled with the keys of `tests.factories.world`; a row may name others for it.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from tests.api.operations import Form
from tests.factories.moderation import REASONS
from tests.factories.world import CAST

MAY: Final = "may"
IN_VAIN: Final = "in vain"
"""They are let in, and nothing is changed."""
MISSING: Final = "missing"
SIGN_IN: Final = "sign in"
FORBIDDEN: Final = "forbidden"
Outcomes = tuple[str, ...]

ANYBODY: Final[Outcomes] = (MAY,) * 8
SIGNED_IN: Final[Outcomes] = (*(MAY,) * 7, SIGN_IN)
OWNER: Final[Outcomes] = (MAY, *(MISSING,) * 6, SIGN_IN)
MANAGER: Final[Outcomes] = (*(MAY,) * 2, *(MISSING,) * 5, SIGN_IN)
EDITOR: Final[Outcomes] = (*(MAY,) * 3, *(MISSING,) * 4, SIGN_IN)
TEAM: Final[Outcomes] = (*(MAY,) * 4, *(MISSING,) * 3, SIGN_IN)
OPERATOR: Final[Outcomes] = (*(MISSING,) * 6, MAY, SIGN_IN)
NOBODY: Final[Outcomes] = (MISSING,) * 8
REFUSED: Final[Outcomes] = (FORBIDDEN,) * 8
# A private video says that it is there.
LOCKED: Final[Outcomes] = (*(MAY,) * 4, *(FORBIDDEN,) * 4)
UNSEEN: Final[Outcomes] = (*(MAY,) * 4, *(MISSING,) * 4)
INSIDE: Final[Outcomes] = (MAY, *(MISSING,) * 2, MAY, MAY, *(MISSING,) * 3)
ORDER: Final[Outcomes] = (MAY, *(MISSING,) * 2, MAY, *(MISSING,) * 3, SIGN_IN)
HELPER: Final[Outcomes] = (MAY, MISSING, MAY, *(MISSING,) * 4, SIGN_IN)


def vain(outcomes: Outcomes, *names: str) -> Outcomes:
    """Return outcomes where some of the cast, or all who may, change nothing."""
    return tuple(
        IN_VAIN if found == MAY and name in (names or CAST) else found
        for name, found in zip(CAST, outcomes, strict=True)
    )


class Place(NamedTuple):
    """One method of one route, and what each of the cast meets there."""

    method: str
    route: str
    outcomes: Outcomes
    sent: dict[str, Any] | Form = {}  # noqa: RUF012 - nobody changes it
    keys: dict[str, str] = {}  # noqa: RUF012 - nobody changes it


def _only(place: int) -> Outcomes:
    return (*(MAY if each == place else MISSING for each in range(7)), SIGN_IN)


_MACHINES: Final = [
    Place("GET", "healthz", ANYBODY),
    Place("GET", "readyz", ANYBODY),
    Place("GET", "metrics", ANYBODY),
    # The edge signs what it says.
    Place("POST", "internal/uploads/<uuid:upload_id>/finished", REFUSED, {"size_bytes": "9"}),
    Place("POST", "internal/beacons", REFUSED),
    Place("GET", "oembed", ANYBODY),
    Place("POST", "hub", vain(ANYBODY)),
    Place("GET", "robots.txt", ANYBODY),
    Place("GET", "sitemap.xml", ANYBODY),
    Place("GET", "sitemaps/channels.xml", ANYBODY),
    Place("GET", "sitemaps/news.xml", ANYBODY),
    Place("GET", "sitemaps/videos-<int:year>-<int:month>-<int:part>.xml", NOBODY),
    Place("GET", "site/<str:name>", NOBODY),
    Place("GET", "feeds/chapters/<str:public_id>.json", ANYBODY),
    Place(
        "GET", "feeds/chapters/<str:public_id>.json", (MISSING,) * 8, {}, {"public_id": "private"}
    ),
    Place("GET", "feeds/videos.xml", ANYBODY),
    Place("GET", "feeds/search/<str:form>", ANYBODY),
    Place("GET", "feeds/<str:form>", ANYBODY),
    Place("GET", "feeds/<str:kind>/<path:key>/<str:form>", ANYBODY),
    Place("GET", "site.css", ANYBODY),
    Place("GET", "^(?P<page>about|terms|privacy)$", ANYBODY),
    Place("POST", "language", vain(ANYBODY), {"language": "fr"}),
]
_LOOKING: Final = [
    Place("GET", "", ANYBODY),
    Place("GET", "c/<str:handle>", ANYBODY),
    Place("GET", "c/<str:handle>/about", ANYBODY),
    Place("GET", "u/<str:handle>", ANYBODY, {}, {"handle": "person"}),
    Place("GET", "c/<str:handle>/posts", ANYBODY),
    Place("GET", "search", ANYBODY),
    Place("GET", "search/suggest", ANYBODY),
    Place("GET", "trending", ANYBODY),
    Place("GET", "categories", ANYBODY),
    Place("GET", "categories/<str:key>", ANYBODY, {}, {"key": "music"}),
    Place("GET", "tag/<str:key>", ANYBODY, {}, {"key": "birds"}),
    Place("GET", "channels", ANYBODY),
    Place("GET", "styleguide", ANYBODY),
    Place("GET", "v/<str:public_id>", ANYBODY),
    Place("GET", "v/<str:public_id>", LOCKED, {}, {"public_id": "private"}),
    Place("POST", "v/<str:public_id>/unlock", vain(ANYBODY), {"password": "x"}),
    Place("GET", "v/<str:public_id>/playback.json", ANYBODY),
    Place("GET", "v/<str:public_id>/playback.json", LOCKED, {}, {"public_id": "private"}),
    Place("GET", "v/<str:public_id>/mini", ANYBODY),
    Place("GET", "v/<str:public_id>/mini", UNSEEN, {}, {"public_id": "private"}),
    Place("GET", "v/<str:public_id>/download", (MISSING,) * 8),
    Place("GET", "v/<str:public_id>/file.mp4", (MISSING,) * 8),
    Place("GET", "v/<str:public_id>/file.m4a", (MISSING,) * 8),
    Place("GET", "embed/<str:public_id>", ANYBODY),
    Place("GET", "embed/<str:public_id>", LOCKED, {}, {"public_id": "private"}),
    Place("GET", "report/<str:kind>/<str:key>", ANYBODY),
    Place(
        "POST",
        "report/<str:kind>/<str:key>",
        vain(ANYBODY, "bob", "charlie"),
        {"complaint": "spam"},
    ),
    Place("GET", "decisions", SIGNED_IN),
    Place("GET", "decisions/<uuid:decision_id>", OWNER),
    Place("POST", "decisions/<uuid:decision_id>", OWNER, {"text": "It is a bird."}),
]
_LIBRARY: Final = [
    Place("GET", "library", SIGNED_IN),
    Place("POST", "library/playlists", SIGNED_IN, {"title": "Geese", "visibility": "private"}),
    Place("GET", "playlists/<str:public_id>", (MAY, MISSING, MAY, *(MISSING,) * 5)),
    Place("GET", "playlists/<str:public_id>/shuffle", (MAY, MISSING, MAY, *(MISSING,) * 5)),
    Place("POST", "playlists/<str:public_id>/edit", OWNER, {"title": "G", "visibility": "public"}),
    Place("POST", "playlists/<str:public_id>/remove", OWNER),
    Place("POST", "playlists/<str:public_id>/helpers", OWNER, {"handle": "bob"}),
    Place("POST", "playlists/<str:public_id>/helpers/<uuid:person_id>/remove", HELPER),
    Place("POST", "playlists/<str:public_id>/items/<uuid:item_id>/move", HELPER, {"after": ""}),
    Place("POST", "playlists/<str:public_id>/items/<uuid:item_id>/drop", HELPER),
    Place("GET", "v/<str:public_id>/save", SIGNED_IN),
    Place("POST", "v/<str:public_id>/save", SIGNED_IN, {"playlist": "later", "wish": "on"}),
    Place(
        "POST",
        "v/<str:public_id>/save",
        TEAM,
        {"playlist": "later", "wish": "on"},
        {"public_id": "private"},
    ),
    Place("GET", "history", SIGNED_IN),
    Place("POST", "history/pause", SIGNED_IN, {"paused": "1"}),
    Place("POST", "history/clear", SIGNED_IN),
    # It forgets one's own: what somebody else has watched stays.
    Place("POST", "history/<uuid:video_id>/remove", vain(SIGNED_IN, *CAST[1:])),
]
_COMMUNITY: Final = [
    Place("GET", "v/<str:public_id>/comments", ANYBODY),
    Place(
        "GET",
        "v/<str:public_id>/comments",
        UNSEEN,
        {},
        {"public_id": "private"},
    ),
    Place("POST", "v/<str:public_id>/comments", vain(SIGNED_IN, "bob"), {"body": "Geese."}),
    Place(
        "POST", "v/<str:public_id>/comments", UNSEEN, {"body": "Geese."}, {"public_id": "private"}
    ),
    Place("POST", "v/<str:public_id>/like", SIGNED_IN, {"on": "1"}),
    Place("POST", "v/<str:public_id>/like", TEAM, {"on": "1"}, {"public_id": "private"}),
    Place("GET", "comments/<uuid:key>", ANYBODY),
    Place("GET", "comments/<uuid:key>/answers", ANYBODY),
    Place("GET", "comments/<uuid:key>/answer", SIGNED_IN),
    # Whoever did not write it is led back to it.
    Place("GET", "comments/<uuid:key>/form", SIGNED_IN),
    Place("POST", "comments/<uuid:key>/edit", _only(5), {"body": "Geese."}),
    Place("POST", "comments/<uuid:key>/remove", _only(5)),
    Place("POST", "comments/<uuid:key>/rule", EDITOR, {"state": "hidden"}),
    Place("POST", "comments/<uuid:key>/pin", EDITOR, {"on": "1"}),
    Place("POST", "comments/<uuid:key>/heart", EDITOR, {"on": "1"}),
    Place("POST", "comments/<uuid:key>/like", SIGNED_IN, {"on": "1"}),
    Place("GET", "studio/comments", SIGNED_IN),
    Place("GET", "liked", SIGNED_IN),
    # It is hers, and her team's.
    Place("POST", "c/<str:handle>/block", vain(SIGNED_IN, "alice", "mia", "eddie"), {"on": "1"}),
    Place("POST", "c/<str:handle>/follow", vain(SIGNED_IN, "alice"), {"on": "1"}),
    Place("GET", "subscriptions", SIGNED_IN),
    Place("GET", "subscriptions/channels", SIGNED_IN),
    Place("GET", "subscriptions/channels.opml", SIGNED_IN),
    Place("POST", "subscriptions/bring", vain(SIGNED_IN)),
    Place("GET", "notifications", SIGNED_IN),
    Place("POST", "notifications/read", vain(SIGNED_IN, *CAST[1:])),
    Place("POST", "notifications/clear", vain(SIGNED_IN, *CAST[1:])),
    Place("GET", "notifications/<uuid:key>", OWNER, {}, {"key": "notification"}),
    Place("GET", "subscriptions/posts", SIGNED_IN),
    Place("POST", "c/<str:handle>/posts/new", EDITOR, {"body": "Geese."}),
    Place("GET", "p/<str:public_id>", ANYBODY, {}, {"public_id": "post"}),
    Place("GET", "p/<str:public_id>", INSIDE, {}, {"public_id": "discussion"}),
    Place("GET", "p/<str:public_id>/comments", ANYBODY, {}, {"public_id": "post"}),
    Place("GET", "p/<str:public_id>/comments", INSIDE, {}, {"public_id": "discussion"}),
    Place(
        "POST",
        "p/<str:public_id>/comments",
        vain(SIGNED_IN, "bob"),
        {"body": "Geese."},
        {"public_id": "post"},
    ),
    Place(
        "POST",
        "p/<str:public_id>/comments",
        INSIDE,
        {"body": "Geese."},
        {"public_id": "discussion"},
    ),
    Place("POST", "p/<str:public_id>/edit", OWNER, {"body": "Geese."}, {"public_id": "post"}),
    Place("POST", "p/<str:public_id>/remove", EDITOR, {}, {"public_id": "post"}),
    Place(
        "POST", "p/<str:public_id>/remove", (*INSIDE[:7], SIGN_IN), {}, {"public_id": "discussion"}
    ),
    Place("POST", "p/<str:public_id>/like", SIGNED_IN, {"on": "1"}, {"public_id": "post"}),
    Place(
        "POST",
        "p/<str:public_id>/like",
        (*INSIDE[:7], SIGN_IN),
        {"on": "1"},
        {"public_id": "discussion"},
    ),
    Place("GET", "groups", ANYBODY),
    Place("POST", "groups/new", SIGNED_IN, {"name": "Geese", "joining": "open"}),
    Place("GET", "g/<str:handle>", ANYBODY, {}, {"handle": "group"}),
    # Whoever is not in it is led to the group's own page.
    Place("GET", "g/<str:handle>/members", SIGNED_IN, {}, {"handle": "group"}),
    Place(
        "POST", "g/<str:handle>/edit", OWNER, {"name": "B", "joining": "open"}, {"handle": "group"}
    ),
    Place(
        "POST",
        "g/<str:handle>/join",
        vain(SIGNED_IN, "alice", "stan", "bob"),
        {},
        {"handle": "group"},
    ),
    # Whoever is not in it is told to join first.
    Place(
        "POST",
        "g/<str:handle>/discuss",
        vain(SIGNED_IN, "mia", "eddie", "charlie", "mona"),
        {"title": "A", "body": "A"},
        {"handle": "group"},
    ),
    Place(
        "POST",
        "g/<str:handle>/members/<uuid:key>",
        ORDER,
        {"role": "banned"},
        {"handle": "group", "key": "member"},
    ),
    Place("GET", "settings/notices", SIGNED_IN),
    Place("POST", "settings/notices", SIGNED_IN, {"video-pace": "now", "video-page": "1"}),
    Place("GET", "letters/stop/<str:ticket>", ANYBODY),
    Place("POST", "letters/stop/<str:ticket>", ANYBODY),
    Place("GET", "settings/blocks", SIGNED_IN),
    Place("POST", "settings/blocks/people", SIGNED_IN, {"handle": "dora"}),
    Place("POST", "settings/blocks/people/<uuid:key>/remove", OWNER, {}, {"key": "block"}),
    Place("POST", "settings/blocks/words", SIGNED_IN, {"word": "heron"}),
    Place("POST", "settings/blocks/words/<uuid:key>/remove", OWNER, {}, {"key": "word"}),
]
_CHANNEL: Final = "studio/channels/<str:handle>"
_VIDEO: Final = "studio/videos/<str:public_id>"
_SYNDICATION: Final = f"{_CHANNEL}/syndication"
CAPTION_FILE: Final = (
    r"^studio/videos/(?P<public_id>[^/]+)/captions/(?P<caption_id>[0-9a-f-]{36})/file"
    r"\.(?P<kind>vtt|srt)$"
)
_DETAILS: Final = {
    "title": "Geese",
    "category": "animals",
    "visibility": "public",
    "commenting": "open",
    "slow_mode_s": "0",
    "embedding": "all",
    "geo": "all",
}
_STUDIO: Final = [
    Place("GET", "upload", SIGNED_IN),
    Place("POST", "studio/uploads", SIGNED_IN, {"filename": "a.mp4", "size_bytes": "1000"}),
    Place("POST", "studio/uploads/<uuid:upload_id>/ticket", vain(OWNER)),
    Place("POST", "studio/uploads/<uuid:upload_id>/cancel", OWNER),
    Place("POST", "studio/imports", SIGNED_IN, {"url": "https://example.org/a.mp4"}),
    Place("GET", "studio", SIGNED_IN),
    Place(
        "POST",
        "studio/bulk",
        vain(SIGNED_IN, "stan", "bob", "charlie", "mona"),
        {"video": "{public}", "action": "tags_add", "tags": "birds"},
    ),
    Place("GET", "studio/channels", SIGNED_IN),
    Place("POST", "studio/channels/new", SIGNED_IN, {"name": "Geese"}),
    Place("GET", _CHANNEL, MANAGER),
    Place("POST", f"{_CHANNEL}/edit", MANAGER, {"name": "Geese"}),
    Place("POST", f"{_CHANNEL}/handle", OWNER, {"handle": "geese-2"}),
    Place("POST", f"{_CHANNEL}/defaults", MANAGER, {"visibility": "public", "commenting": "open"}),
    Place(
        "POST",
        f"{_CHANNEL}/pictures/<str:kind>",
        MANAGER,
        Form("image", "a.png", {}),
        {"kind": "avatar"},
    ),
    Place("POST", f"{_CHANNEL}/remove", OWNER, {"sure": "{channel}", "handle": "{channel}"}),
    Place("POST", f"{_CHANNEL}/team", MANAGER, {"whom": "@bob", "role": "editor"}),
    Place("POST", f"{_CHANNEL}/hand-over", OWNER, {"whom": "@bob"}),
    Place("POST", f"{_CHANNEL}/invitations/<uuid:invitation_id>/withdraw", MANAGER),
    Place(
        "POST",
        f"{_CHANNEL}/team/<uuid:person_id>/remove",
        (MAY, MAY, MISSING, MAY, *(MISSING,) * 3, SIGN_IN),
        {},
        {"person_id": "stan"},
    ),
    Place(
        "POST",
        "studio/invitations/<uuid:invitation_id>",
        _only(5),
        {"accept": "1"},
        {"invitation_id": "invited"},
    ),
    Place("GET", "studio/statistics", SIGNED_IN),
    Place("GET", f"{_CHANNEL}/statistics", TEAM),
    Place("GET", _SYNDICATION, MANAGER),
    Place("POST", f"{_SYNDICATION}/offer", MANAGER, {"with_files": "on"}),
    Place("GET", f"{_SYNDICATION}/lint", MANAGER),
    Place(
        "POST",
        f"{_SYNDICATION}/webhooks",
        MANAGER,
        {"url": "https://example.org/b", "events": ["video.removed"]},
    ),
    Place("GET", f"{_SYNDICATION}/webhooks/<uuid:webhook_id>", MANAGER),
    Place("POST", f"{_SYNDICATION}/webhooks/<uuid:webhook_id>/act", MANAGER, {"act": "pause"}),
    Place(
        "POST",
        f"{_SYNDICATION}/sources",
        MANAGER,
        {"url": "https://example.org/b.xml", "period_min": "60", "visibility": "private"},
    ),
    Place("GET", f"{_SYNDICATION}/sources/<uuid:source_id>", MANAGER),
    Place("POST", f"{_SYNDICATION}/sources/<uuid:source_id>/act", MANAGER, {"act": "pause"}),
    Place("GET", f"{_VIDEO}/statistics", TEAM),
    Place("GET", _VIDEO, EDITOR),
    Place("POST", _VIDEO, EDITOR, _DETAILS),
    Place("POST", f"{_VIDEO}/details", EDITOR, {"title": "Geese", "visibility": "private"}),
    Place("GET", f"{_VIDEO}/chapters", EDITOR),
    Place("POST", f"{_VIDEO}/chapters", EDITOR, {"start": "0:00", "title": "A"}),
    Place("GET", f"{_VIDEO}/languages", EDITOR),
    Place("POST", f"{_VIDEO}/languages", EDITOR, {"language": "es", "title": "Cisnes"}),
    Place("POST", f"{_VIDEO}/languages/<str:language>/drop", EDITOR, {}, {"language": "language"}),
    Place("GET", f"{_VIDEO}/sound", EDITOR),
    Place("POST", f"{_VIDEO}/sound", EDITOR, Form("file", "a.vtt", {"language": "de"})),
    Place("POST", f"{_VIDEO}/sound/<uuid:dub_id>/drop", EDITOR),
    Place("GET", f"{_VIDEO}/cut", EDITOR),
    Place("POST", f"{_VIDEO}/cut", vain(EDITOR), {"from": "0:00", "to": "0:05"}),
    Place("POST", f"{_VIDEO}/cut/undo", vain(EDITOR)),
    Place("GET", f"{_VIDEO}/captions", EDITOR),
    Place("GET", f"{_VIDEO}/captions/<uuid:caption_id>", EDITOR),
    Place(
        "POST",
        f"{_VIDEO}/captions/<uuid:caption_id>",
        EDITOR,
        {"text": "WEBVTT\n\n00:01.000 --> 00:02.000\nA swan"},
    ),
    Place("GET", CAPTION_FILE, EDITOR),
    Place("POST", f"{_VIDEO}/captions/add", EDITOR, Form("file", "a.vtt", {"language": "de"})),
    Place("POST", f"{_VIDEO}/captions/new", EDITOR, {"language": "de"}),
    Place("POST", f"{_VIDEO}/captions/<uuid:caption_id>/drop", EDITOR),
    Place("POST", f"{_VIDEO}/poster", EDITOR, Form("image", "a.png", {})),
    Place("POST", f"{_VIDEO}/poster/reset", vain(EDITOR)),
    Place("POST", f"{_VIDEO}/remove", MANAGER),
]
_SITE_WEBHOOK: Final = "desk/webhooks/<uuid:webhook_id>"
_RULING: Final = {"action": "sensitive", **REASONS}
_DESK: Final = [
    Place("GET", "desk", OPERATOR),
    Place("GET", "desk/checks", OPERATOR),
    Place("GET", "desk/jobs", OPERATOR),
    Place("POST", "desk/jobs/<int:number>/<str:verb>", OPERATOR, {}, {"verb": "cancel"}),
    Place("POST", "desk/jobs/again", vain(OPERATOR)),
    Place("GET", "desk/units", OPERATOR),
    Place("POST", "desk/units/<uuid:unit_id>/retry", OPERATOR),
    Place("GET", "desk/delivery", OPERATOR),
    Place("GET", "desk/webhooks", OPERATOR),
    Place("POST", "desk/webhooks", OPERATOR, {"url": "https://a.org", "events": ["video.removed"]}),
    Place("GET", f"{_SITE_WEBHOOK}", OPERATOR, {}, {"webhook_id": "site_webhook"}),
    Place(
        "POST", f"{_SITE_WEBHOOK}/act", OPERATOR, {"act": "pause"}, {"webhook_id": "site_webhook"}
    ),
    Place("GET", "desk/storage", OPERATOR),
    Place("GET", "desk/reports", OPERATOR),
    Place("GET", "desk/reports/<uuid:report_id>", OPERATOR),
    Place("POST", "desk/reports/<uuid:report_id>", OPERATOR, {"action": "none"}),
    Place("GET", "desk/decisions", OPERATOR),
    Place("POST", "desk/decisions/<uuid:decision_id>/reverse", OPERATOR),
    Place("GET", "desk/appeals", OPERATOR),
    Place("POST", "desk/appeals/<uuid:appeal_id>", OPERATOR, {"verdict": "reverse", "answer": "Y"}),
    Place("GET", "desk/people", OPERATOR),
    Place("GET", "desk/people/<str:handle>", OPERATOR, {}, {"handle": "person"}),
    Place(
        "POST",
        "desk/people/<str:handle>/<str:verb>",
        OPERATOR,
        {"reason": "Spam."},
        {"handle": "person", "verb": "suspend"},
    ),
    Place("GET", "desk/joining", OPERATOR),
    Place("POST", "desk/joining", OPERATOR, {"note": "Come in."}),
    Place("POST", "desk/joining/<uuid:request_id>/<str:verb>", OPERATOR, {}, {"verb": "approve"}),
    Place(
        "POST",
        "desk/invitations/<uuid:invitation_id>/revoke",
        OPERATOR,
        {},
        {"invitation_id": "site_invitation"},
    ),
    Place("GET", "desk/videos", OPERATOR),
    Place("GET", "desk/videos/<str:public_id>", OPERATOR),
    Place("POST", "desk/videos/<str:public_id>", OPERATOR, _RULING),
    Place("POST", "desk/chosen/people", vain(OPERATOR), {"chosen": "charlie"}),
    Place("POST", "desk/chosen/people/quota", OPERATOR, {"chosen": "charlie", "gigabytes": "1"}),
    Place("GET", "desk/channels", OPERATOR),
    Place("POST", "desk/chosen/channels", vain(OPERATOR), {"chosen": "alice"}),
    Place("GET", "desk/channels/<str:handle>", OPERATOR),
    Place("POST", "desk/channels/<str:handle>", OPERATOR, {**_RULING, "action": "suspend"}),
    Place("POST", "desk/channels/<str:handle>/give", OPERATOR, {"to": "bob", "reason": "Gone."}),
    Place("POST", "desk/chosen/videos", OPERATOR, {"chosen": "{public}", **_RULING}),
    Place("GET", "desk/comments", OPERATOR),
    Place("POST", "desk/chosen/comments", vain(OPERATOR)),
    Place("GET", "desk/comments/<uuid:key>", OPERATOR),
    Place("POST", "desk/comments/<uuid:key>", OPERATOR, {**_RULING, "action": "withdraw"}),
    Place("GET", "desk/log", OPERATOR),
    Place("GET", "desk/versions", OPERATOR),
    Place("POST", "desk/versions/<uuid:version_id>/restore", vain(OPERATOR)),
    Place("POST", "desk/settings/mail/test", vain(OPERATOR), {"address": "a@example.org"}),
    Place(
        "POST",
        "desk/settings/site/<str:field>/image",
        vain(OPERATOR),
        {"remove": "1"},
        {"field": "logo"},
    ),
    Place("GET", "desk/settings/<str:key>", OPERATOR),
    Place("POST", "desk/settings/<str:key>", vain(OPERATOR), {"events_days": "9"}),
    Place("GET", "desk/settings/<str:key>/versions", OPERATOR),
]
RESET_KEY: Final = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
OIDC: Final = "^(?P<provider_id>[^/]+)/login/"
_ENTERING: Final = [
    Place("GET", "sign-in", ANYBODY),
    Place("GET", "sign-out", ANYBODY),
    Place("GET", "sign-up", ANYBODY),
    Place("GET", "sign-up/passkey", ANYBODY),
    Place("GET", "sign-up/waiting", ANYBODY),
    Place("GET", "invitation/<str:token>", NOBODY),
    Place("GET", "setup/<str:token>", NOBODY),
    *(
        Place("GET", f"account/{route}", ANYBODY)
        for route in (
            *("signup/", "signup/passkey/", "login/", "logout/", "inactive/"),
            *("password/reset/", "password/reset/done/", "password/reset/key/done/"),
            *("2fa/webauthn/signup/", "connections/login/cancelled/"),
            RESET_KEY,
        )
    ),
    *(
        Place("GET", f"account/{route}", SIGNED_IN)
        for route in (
            *("email/", "password/change/", "password/set/", "connections/", "confirm-email/"),
            *("reauthenticate/", "login/code/confirm/", "2fa/", "2fa/webauthn/"),
            *("2fa/authenticate/", "2fa/webauthn/login/", "2fa/totp/activate/"),
            *("2fa/recovery-codes/generate/", "2fa/webauthn/add/"),
        )
    ),
    # Nobody of the cast has a device, and no other site signs people in.
    *(
        Place("GET", f"account/{route}", (*(MISSING,) * 7, SIGN_IN))
        for route in (
            *("2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/download/"),
            *("2fa/webauthn/keys/<int:pk>/remove/", "2fa/webauthn/keys/<int:pk>/edit/"),
        )
    ),
    *(
        Place("GET", f"account/{route}", (SIGN_IN,) * 8)
        for route in (
            *("2fa/reauthenticate/", "2fa/webauthn/reauthenticate/"),
            *("connections/login/error/", "connections/signup/"),
        )
    ),
    *(
        Place("GET", f"account/oidc/{route}", NOBODY)
        for route in ("<str:provider_id>/login/", OIDC, f"{OIDC}callback/")
    ),
]
_ACCOUNT: Final = [
    Place("GET", "account", SIGNED_IN),
    Place("POST", "account", SIGNED_IN, {"name": "A", "handle": "abc"}),
    Place("POST", "account/picture", SIGNED_IN),
    Place("GET", "account/preferences", SIGNED_IN),
    Place("POST", "account/preferences", SIGNED_IN, {"sensitive": "hide"}),
    Place("GET", "account/security", SIGNED_IN),
    Place("GET", "account/sessions", SIGNED_IN),
    Place("POST", "account/sessions/others/end", vain(SIGNED_IN)),
    Place("POST", "account/sessions/<int:session_id>/end", vain(OWNER)),
    Place("GET", "account/tokens", SIGNED_IN),
    Place(
        "POST", "account/tokens/make", SIGNED_IN, {"name": "A", "scopes": ["read"], "days": "30"}
    ),
    Place("POST", "account/tokens/<uuid:token_id>/revoke", OWNER),
    Place("GET", "account/data", SIGNED_IN),
    Place("POST", "account/data/export", SIGNED_IN),
    Place("GET", "account/data/exports/<uuid:export_id>", (*(MISSING,) * 7, SIGN_IN)),
    Place("POST", "account/data/leave", vain(SIGNED_IN), {"handle": "somebody else"}),
]
PLACES: Final = [
    *_MACHINES,
    *_LOOKING,
    *_LIBRARY,
    *_COMMUNITY,
    *_STUDIO,
    *_DESK,
    *_ENTERING,
    *_ACCOUNT,
]
