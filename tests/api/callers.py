"""Calling the API as one of the cast, and seeing whether anything was changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from antenne.accounts.models import AccessToken, Person, Preferences
from antenne.catalog.models import (
    Caption,
    Channel,
    ChannelOffer,
    Epoch,
    HandleRedirect,
    Invitation,
    Member,
    Playlist,
    PlaylistEditor,
    PlaylistItem,
    Video,
    VideoLock,
    VideoTranslation,
)
from antenne.community.models import (
    Comment,
    CommentRuling,
    Follow,
    Group,
    GroupMember,
    Like,
    Notification,
    NotificationWish,
    Post,
    PostPhoto,
)
from antenne.kernel.models import FactRecord
from antenne.pipeline.models import Dub, Upload
from tests.factories.accounts import token_make

ROOT = "/api/v1"
_SAID = (Comment, CommentRuling, Follow, Like, Notification, NotificationWish)
_POSTED = (Group, GroupMember, Post, PostPhoto)
_LISTED = (Playlist, PlaylistEditor, PlaylistItem)
_TEAM = (ChannelOffer, HandleRedirect, Invitation, Member)
WATCHED = (
    AccessToken, Caption, Channel, Epoch, FactRecord, Upload, Video, VideoLock,
    *_SAID, *_POSTED, *_LISTED, *_TEAM, Dub, Person, Preferences, VideoTranslation,
)  # fmt: skip


class Calls:
    """The API as one person sees it; None is a stranger. Their token may do all unless told."""

    def __init__(
        self,
        person: Person | None = None,
        *,
        scopes: Sequence[str] | None = None,
        token: str = "",
    ) -> None:
        token = token_make(person, scopes=scopes) if person else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = Client(headers=headers, raise_request_exception=False)

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """Send a request below the API's root, with *body* as JSON where there is one."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return cast("HttpResponse", self._client.generic(method, ROOT + path, headers=named))
        data = json.dumps(body)
        kind = "application/json"
        answer = self._client.generic(method, ROOT + path, data, content_type=kind, headers=named)
        return cast("HttpResponse", answer)

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Read."""
        return self("GET", path, **headers)

    def raw(self, path: str, data: str | bytes, *, content_type: str) -> HttpResponse:
        """Send bytes as they are."""
        answer = self._client.post(ROOT + path, data, content_type=content_type)
        return cast("HttpResponse", answer)

    def send(self, path: str, file: object, **fields: str) -> HttpResponse:
        """Send a form with a file."""
        return cast("HttpResponse", self._client.post(ROOT + path, {"file": file, **fields}))

    def parts(self, path: str, parts: dict[str, Any]) -> HttpResponse:
        """Send a form with whatever parts; a list is sent as so many of one name."""
        return cast("HttpResponse", self._client.post(ROOT + path, parts))

    def form(self, path: str, **fields: str) -> HttpResponse:
        """Send a form without a file."""
        return cast("HttpResponse", self._client.post(ROOT + path, fields))


def said(response: HttpResponse) -> dict[str, Any]:
    """Return what an answer says."""
    found: dict[str, Any] = json.loads(response.content)
    return found


def said_all(response: HttpResponse) -> list[dict[str, Any]]:
    """Return what an answer lists whole."""
    found: list[dict[str, Any]] = json.loads(response.content)
    return found


def refused(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """Check that an answer is a problem document, and return it."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem = said(response)
    assert list(problem) == ["type", "title", "status", "detail", "instance", "errors"]
    assert (problem["type"], problem["status"]) == (f"urn:antenne:problem:{code}", status)
    assert all((problem["title"], problem["detail"], problem["instance"]))
    return problem


def kept(*more: type[Model]) -> dict[str, list[Any]]:
    """Return every row that the API could have changed, of *more* too (use of tokens aside)."""
    watched: tuple[type[Model], ...] = (*WATCHED, *more)
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "used_at"}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in watched
    }
