"""The page of a video, its embed, and what players and other sites ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.selectors.sight import Access, Sight, SightRefused, unlock_key, video_sight
from antenne.catalog.services.videos import video_unlock
from antenne.catalog.states import Embedding
from antenne.kernel.rate import RateExceeded, client_address
from antenne.web.chapters import chapters_shown
from antenne.web.viewer import unlock_remember, unlocked_of, viewer_of
from antenne.web.watch.block import playback_block, player_block
from antenne.web.watch.forms import PasswordForm
from antenne.web.watch.meta import page_meta
from antenne.web.watch.page import watch_context
from antenne.web.watch.states import STATUS, embed_state_page, frame_allow, state_page


def _sight(request: HttpRequest, public_id: str) -> Sight:
    return video_sight(public_id, viewer=viewer_of(request), unlocked=unlocked_of(request))


@require_safe
def watch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a video, or say why this person cannot watch it."""
    sight = _sight(request, public_id)
    if sight.video is None or sight.access != Access.OPEN:
        return state_page(request, sight, public_id)
    context = watch_context(request, sight.video, owned=sight.owned)
    return render(request, "watch/watch.html", context)


@require_POST
def unlock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the password of a video and remember that it was given."""
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return state_page(request, _sight(request, public_id), public_id, form=form)
    try:
        video = video_unlock(
            public_id=public_id,
            viewer=viewer_of(request),
            password=form.cleaned_data["password"],
            address=client_address(request.META),
        )
    except (SightRefused, RateExceeded) as error:
        form.refuse(error)
        return state_page(request, _sight(request, public_id), public_id, form=form)
    unlock_remember(request, unlock_key(video))
    return redirect("watch", public_id)


@require_safe
@never_cache
def playback(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand the player fresh signed addresses."""
    sight = _sight(request, public_id)
    if sight.video is None or sight.access != Access.OPEN:
        return JsonResponse({"access": sight.access}, status=STATUS[sight.access])
    return JsonResponse(playback_block(request, sight.video, chapters_shown(sight.video)))


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the player alone, on the sites that the video's owner allows."""
    sight = _sight(request, public_id)
    video = sight.video
    if video is None or sight.access != Access.OPEN or video.embedding == Embedding.NONE:
        return embed_state_page(request, sight, public_id)
    chapters = chapters_shown(video)
    meta = page_meta(request, video, chapters)
    context = {
        "video": video,
        "watch_url": meta.watch_url,
        "player": player_block(request, video, chapters, embedded=True),
    }
    return frame_allow(render(request, "watch/embed.html", context), video)
