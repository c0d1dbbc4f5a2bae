"""One's own personal access tokens."""

from __future__ import annotations

from uuid import UUID

from ninja import Field, Router, Status

from antenne.accounts.scopes import Scope
from antenne.accounts.selectors import token_row, tokens_of
from antenne.accounts.services import access_token_create, access_token_revoke
from antenne.api.problems import Problem
from antenne.api.v1.callers import ApiRequest, fresh_check
from antenne.api.v1.fields import Asked, Moment, Name
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, TokenMadeOut, TokenOut, listed, token_out

router = Router(tags=["tokens"])


class TokenAsked(Asked):
    """A token to make."""

    name: Name
    scopes: list[Scope] = Field(
        default=[Scope.READ], min_length=1, max_length=5, description="At most one's own."
    )
    expires_at: Moment | None = None


@router.get("", response=Listed[TokenOut])
def tokens_list(request: ApiRequest, asked: Paging) -> Listed[TokenOut]:
    """List one's own tokens, newest first."""
    rows = tokens_of(request.auth.login)
    page = asked.of(rows, by="created_at")
    return listed(page, token_out)


@router.post("", response={201: TokenMadeOut})
def token_create(request: ApiRequest, asked: TokenAsked) -> Status[TokenMadeOut]:
    """Make a token; its secret is said this once, a page needs a fresh sign-in."""
    fresh_check(request)
    secret = access_token_create(
        user=request.auth.login,
        name=asked.name,
        scopes=asked.scopes,
        within=request.auth.scopes,
        expires_at=asked.expires_at,
    )
    said = token_out(token_row(secret))
    return Status(201, TokenMadeOut(**said.model_dump(), token=secret))


@router.delete("/{uuid:token_id}", response={204: None})
def token_revoke(request: ApiRequest, token_id: UUID) -> Status[None]:
    """Revoke one of one's own tokens."""
    if not access_token_revoke(user=request.auth.login, token_id=str(token_id)):
        raise Problem("not-found")
    return Status(204, None)
