"""Likes of videos and comments, and the list of what one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from antenne.catalog.selectors.sight import video_open
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import TallyKind
from antenne.community.selectors.comments import comment_open
from antenne.community.selectors.likes import likes_of
from antenne.community.services.likes import comment_like, video_like
from antenne.kernel.pagination import Page
from antenne.web.cards import card_page
from antenne.web.community.acting import acting, wished
from antenne.web.community.block import LikeBlock
from antenne.web.entrance import came_from, is_htmx
from antenne.web.paging import page_asked
from antenne.web.viewer import unlocked_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@acting
def video(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Like a video, or take the like back."""
    found = video_open(public_id, viewer=person, unlocked=unlocked_of(request))
    video_like(by=person, video=found, on=wished(request))
    return like_answer(request, found.pk, reverse("watch", args=[public_id]), small=False)


@acting
def comment(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Like a comment, or take the like back."""
    found, place = comment_open(key, viewer=person, unlocked=unlocked_of(request))
    comment_like(by=person, comment=found, home=place.home, on=wished(request))
    return like_answer(request, key, reverse("comment", args=[key]), small=True)


def like_answer(request: HttpRequest, subject: UUID, page: str, *, small: bool) -> HttpResponse:
    """Return the button as it stands now, or the page it stands on."""
    if not is_htmx(request):
        return redirect(came_from(request, page))
    count = tallies_of([subject])[subject].get(TallyKind.LIKES, 0)
    like = LikeBlock(url=request.path, on=wished(request), count=count, small=small)
    return render(request, "components/like.html", {"like": like})


@require_safe
@with_person
def liked(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the videos that one likes, the latest liked first."""
    likes = page_asked(request, likes_of(person), by="created_at")
    page = Page(tuple(row.video for row in likes.rows if row.video), likes.next_cursor)
    return render(request, "community/liked.html", {"page": card_page(page, person)})
