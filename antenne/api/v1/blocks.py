"""Whom, which channels and what words a person does not want to meet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked, Handle, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import (
    ChannelOut,
    Listed,
    NamedOut,
    channel_out,
    listed,
    named_out,
)
from antenne.catalog.selectors.channels import channel_by_handle
from antenne.community.selectors.blocks import channels_blocked, people_blocked, words_blocked
from antenne.community.services.blocks import (
    WORD_MAX_CHARS,
    channel_block,
    channel_unblock,
    person_block,
    person_unblock,
    word_block,
    word_unblock,
)

if TYPE_CHECKING:
    from antenne.community.models import PersonBlock

router = Router(tags=["blocks"])


class BlockAsked(Asked):
    """Whom to block."""

    handle: Handle


class WordAsked(Asked):
    """A word or a phrase to block."""

    word: Text = Field(min_length=1, max_length=WORD_MAX_CHARS)


class BlockOut(Schema):
    """Somebody who is blocked."""

    id: UUID
    person: NamedOut
    created_at: datetime


class ChannelBlockOut(Schema):
    """A channel that is blocked."""

    channel: ChannelOut
    created_at: datetime


class WordOut(Schema):
    """A word that is blocked."""

    id: UUID
    word: str


def _block_out(row: PersonBlock) -> BlockOut:
    return BlockOut(id=row.pk, person=named_out(row.blocked), created_at=row.created_at)


@router.get("/people", response=Listed[BlockOut])
def blocks_list(request: ApiRequest, asked: Paging) -> Listed[BlockOut]:
    """List whom one has blocked."""
    rows = people_blocked(request.auth.person)
    return listed(asked.of(rows, by="created_at"), _block_out)


@router.post("/people", response={201: BlockOut})
def block_add(request: ApiRequest, asked: BlockAsked) -> Status[BlockOut]:
    """Block somebody: one does not read them, they do not comment on one's channels."""
    return Status(201, _block_out(person_block(by=request.auth.person, handle=asked.handle)))


@router.delete("/people/{uuid:block_id}", response={204: None})
def block_delete(request: ApiRequest, block_id: UUID) -> Status[None]:
    """Take somebody off the list."""
    person_unblock(by=request.auth.person, key=block_id)
    return Status(204, None)


@router.get("/channels", response=Listed[ChannelBlockOut])
def blocks_channels(request: ApiRequest, asked: Paging) -> Listed[ChannelBlockOut]:
    """List which channels one has blocked."""
    rows = channels_blocked(request.auth.person)
    page = asked.of(rows, by="created_at")
    return listed(
        page,
        lambda row: ChannelBlockOut(
            channel=channel_out(request, row.channel), created_at=row.created_at
        ),
    )


@router.put("/channels/{handle}", response={204: None})
def block_channel(request: ApiRequest, handle: str) -> Status[None]:
    """Block a channel: it leaves every list, and one does not follow it any more."""
    channel_block(by=request.auth.person, channel=channel_by_handle(handle))
    return Status(204, None)


@router.delete("/channels/{handle}", response={204: None})
def block_channel_drop(request: ApiRequest, handle: str) -> Status[None]:
    """Take a channel off the list."""
    channel_unblock(by=request.auth.person, channel=channel_by_handle(handle))
    return Status(204, None)


@router.get("/words", response=list[WordOut])
def words_list(request: ApiRequest) -> list[WordOut]:
    """List the words that one has blocked, by letter; there are at most two hundred."""
    return [WordOut(id=row.pk, word=row.word) for row in words_blocked(request.auth.person)]


@router.post("/words", response={201: list[WordOut]})
def word_add(request: ApiRequest, asked: WordAsked) -> Status[list[WordOut]]:
    """Block a word or a phrase; the answer lists all of them."""
    word_block(by=request.auth.person, word=asked.word)
    return Status(201, words_list(request))


@router.delete("/words/{uuid:word_id}", response={204: None})
def word_delete(request: ApiRequest, word_id: UUID) -> Status[None]:
    """Take a word off the list."""
    word_unblock(by=request.auth.person, key=word_id)
    return Status(204, None)
