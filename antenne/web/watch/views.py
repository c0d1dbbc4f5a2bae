"""The page of a video, its embed, and what players and other sites ask for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.selectors.elsewhere import may_download, players_leave
from antenne.catalog.selectors.files import feeds_name_files
from antenne.catalog.selectors.sight import Access, SightRefused, unlock_key
from antenne.catalog.services.videos import video_unlock
from antenne.catalog.states import Embedding
from antenne.kernel.rate import RateExceeded, client_address
from antenne.pipeline.chapters import chapters_shown
from antenne.web.viewer import unlock_remember, viewer_of
from antenne.web.watch.block import playback_block, player_block
from antenne.web.watch.forms import PasswordForm
from antenne.web.watch.meta import page_meta
from antenne.web.watch.page import premiere_context, watch_context
from antenne.web.watch.sights import sight_of
from antenne.web.watch.states import (
    STATUS,
    embed_state_page,
    embeds_off_page,
    frame_allow,
    state_page,
)
from antenne.web.watch.taking import download_given, file_given


@require_safe
def watch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a video, or say why this person cannot watch it."""
    sight = sight_of(request, public_id)
    if sight.video is not None and sight.access == Access.PREMIERE:
        return render(request, "watch/premiere.html", premiere_context(request, sight.video))
    if sight.video is None or sight.access != Access.OPEN:
        return state_page(request, sight, public_id)
    context = watch_context(request, sight.video, owned=sight.owned)
    return render(request, "watch/watch.html", context)


@require_POST
def unlock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the password of a video and remember that it was given."""
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return state_page(request, sight_of(request, public_id), public_id, form=form)
    try:
        video = video_unlock(
            public_id=public_id,
            viewer=viewer_of(request),
            password=form.cleaned_data["password"],
            address=client_address(request.META),
        )
    except (SightRefused, RateExceeded) as error:
        form.refuse(error)
        return state_page(request, sight_of(request, public_id), public_id, form=form)
    unlock_remember(request, unlock_key(video))
    return redirect("watch", public_id)


@require_safe
@never_cache
def playback(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand the player fresh signed addresses."""
    sight = sight_of(request, public_id)
    if sight.video is None or sight.access != Access.OPEN:
        return JsonResponse({"access": sight.access}, status=STATUS[sight.access])
    return JsonResponse(playback_block(request, sight.video, chapters_shown(sight.video)))


@require_safe
@never_cache
def mini(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand out the player alone, for a corner of another page."""
    sight = sight_of(request, public_id)
    if sight.video is None or sight.access != Access.OPEN:
        raise Http404
    chapters = chapters_shown(sight.video)
    block = player_block(request, sight.video, chapters, embedded=True, owned=sight.owned)
    context = {"video": sight.video, "player": {**block, "mini": True}}
    return render(request, "watch/mini.html", context)


@require_safe
@never_cache
def download(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand a video out whole, where its owner permits it."""
    sight = sight_of(request, public_id)
    if sight.video is None or sight.access != Access.OPEN:
        return state_page(request, sight, public_id)
    if not may_download(sight.video, owned=sight.owned):
        raise Http404
    return download_given(request, sight.video)


@require_safe
@never_cache
def file(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Lead a program to a file that a feed names."""
    sight = sight_of(request, public_id)
    if sight.video is None or sight.access != Access.OPEN or not feeds_name_files(sight.video):
        raise Http404
    return file_given(request, sight.video, ending)


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the player alone, on the sites that the video's owner allows."""
    if not players_leave():
        return embeds_off_page(request, public_id)
    sight = sight_of(request, public_id)
    video = sight.video
    if video is None or sight.access != Access.OPEN or video.embedding == Embedding.NONE:
        return embed_state_page(request, sight, public_id)
    chapters = chapters_shown(video)
    meta = page_meta(request, video, chapters)
    context = {
        "video": video,
        "watch_url": meta.watch_url,
        "player": player_block(request, video, chapters, embedded=True, owned=sight.owned),
    }
    return frame_allow(render(request, "watch/embed.html", context), video)
