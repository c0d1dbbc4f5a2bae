"""Who asks, and from where the media come: the two things every page needs of a request."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from antenne.accounts.selectors import person_of
from antenne.catalog.selectors.videos import video_editable
from antenne.community.selectors.onlookers import onlooker_of
from antenne.custody.selectors import settings_read_again
from antenne.custody.settings import Sensitive
from antenne.delivery.selectors import edge_url
from antenne.kernel.rate import client_address
from antenne.web.entrance import signed_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from antenne.accounts.models import Person, User
    from antenne.catalog.models import Video
    from antenne.catalog.selectors.onlookers import Onlooker

Rest = ParamSpec("Rest")
_UNLOCKED = "unlocked"
_ONLOOKER = "onlooker"


def viewer_of(request: HttpRequest) -> Person | None:
    """Return the person who asks, or None for a stranger."""
    return person_of(request.user) if request.user.is_authenticated else None


def onlooker_for(request: HttpRequest) -> Onlooker:
    """Return what lists leave out for the person who asks (one query at most, kept)."""
    found: Onlooker | None = getattr(request, _ONLOOKER, None)
    if found is None:
        found = onlooker_of(viewer_of(request), address=client_address(request.META))
        setattr(request, _ONLOOKER, found)
    return found


def veiled(request: HttpRequest, video: Video) -> bool:
    """Say whether the pictures of a video are not for the person who asks, unless they want to."""
    if not video.sensitive or video_editable(video, viewer_of(request)):
        return False
    return onlooker_for(request).sensitive != Sensitive.SHOW


def user_of(request: HttpRequest) -> User:
    """Return the login of somebody who is signed in."""
    user = request.user
    if not user.is_authenticated:
        raise TypeError(user)
    return user


def runs_the_site(request: HttpRequest) -> bool:
    """Say whether the person who asks runs the site."""
    viewer = viewer_of(request) if hasattr(request, "user") else None
    return viewer is not None and viewer.user is not None and viewer.user.is_operator


def edge_of(request: HttpRequest) -> str:
    """Return the edge's address as this browser sees it."""
    return edge_url(request.get_host(), scheme=request.scheme or "http")


def unlocked_of(request: HttpRequest) -> list[str]:
    """Return the unlock keys of the videos whose password this session has given."""
    keys: list[str] = request.session.get(_UNLOCKED, [])
    return keys


def unlock_remember(request: HttpRequest, key: str) -> None:
    """Remember that this session has given a video's password (the last hundred)."""
    request.session[_UNLOCKED] = [*unlocked_of(request)[-99:], key]


def with_person(
    view: Callable[Concatenate[HttpRequest, Person, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let only signed-in people in, and hand the view who it is."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return signed_out(request)
        return view(request, person_of(request.user), *args, **kwargs)

    return inner


def with_operator(
    view: Callable[Concatenate[HttpRequest, Person, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let only people in who run the site; for everybody else there is nothing here.

    A stranger is asked to sign in: a session may have ended meanwhile.
    """

    @wraps(view)
    def inner(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        viewer = viewer_of(request)
        if viewer is None:
            return signed_out(request)
        if not runs_the_site(request):
            raise Http404
        settings_read_again()  # another process may have written what this person has just changed
        return view(request, viewer, *args, **kwargs)

    return inner
