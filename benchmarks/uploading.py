"""Uploads a file by tus through whatever happens on the way, as a patient browser would."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import requests
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader.uploader import Uploader

from benchmarks.platform import Client

PIECES: Final = 8
PIECE_PAUSE_S: Final = 0.15
RETRY_S: Final = 0.3
_AWAY = (httpx.HTTPError, requests.RequestException, TusCommunicationError)


@dataclass(frozen=True, slots=True)
class Sent:
    """An upload all of whose bytes were acknowledged, and how often it had to be resumed."""

    upload: str
    video: str
    resumed: int


class NeverSent(Exception):
    """The bytes could not be delivered within the time; the message is the last error."""


def send(client: Client, path: Path, *, give_up_s: float) -> Sent:
    """Announce *path* and send it in a few pieces; go on after every error.

    Raises NeverSent.
    """
    deadline_s = time.monotonic() + give_up_s
    begun = _begun(client, path, deadline_s)
    tus = begun["tus"]
    headers = {tus["header"]: tus["ticket"]}
    url: str | None = None
    resumed = 0
    while True:
        try:
            with path.open("rb") as stream:
                size = -(-path.stat().st_size // PIECES)
                uploader = TusClient(tus["url"], headers=headers).uploader(
                    file_stream=stream, chunk_size=size, url=url
                )
                url = _pieces_send(uploader, path.stat().st_size)
            return Sent(begun["upload"]["id"], begun["video"]["id"], resumed)
        except _AWAY as error:
            url, resumed = f"{tus['url'].rstrip('/')}/{begun['upload']['id']}", resumed + 1
            url = url if _exists(url, headers) else None
            _pause(deadline_s, error)


def _pieces_send(uploader: Uploader, size_bytes: int) -> str:
    while uploader.offset < size_bytes:
        uploader.upload_chunk()  # type: ignore[no-untyped-call] # tuspy types some of its methods
        time.sleep(PIECE_PAUSE_S)
    return str(uploader.url)


def _exists(url: str, headers: dict[str, str]) -> bool:
    """Say whether the edge knows the upload; while it is away, it may."""
    try:
        answer = httpx.head(url, headers={"Tus-Resumable": "1.0.0", **headers}, timeout=10)
    except httpx.HTTPError:
        return True
    return answer.status_code < 400  # noqa: PLR2004 - anything that is no error


def _begun(client: Client, path: Path, deadline_s: float) -> dict[str, Any]:
    while True:
        try:
            return client.video_begin(path.name, path.stat().st_size)
        except httpx.HTTPError as error:
            _pause(deadline_s, error)


def _pause(deadline_s: float, error: Exception) -> None:
    if time.monotonic() > deadline_s:
        raise NeverSent(str(error)) from error
    time.sleep(RETRY_S)
