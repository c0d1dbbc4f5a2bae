"""Posts: those of a channel, those one follows, one with its comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from antenne.catalog.selectors.channels import channel_by_handle
from antenne.community.selectors.comments import comments_page
from antenne.community.selectors.places import place_of_post
from antenne.community.selectors.posts import (
    post_open,
    posts_followed,
    posts_of_channel,
)
from antenne.community.services.likes import post_like
from antenne.community.services.posts import (
    BODY_MAX_CHARS,
    PHOTOS_MAX,
    Brought,
    Words,
    channel_post,
    post_edit,
    post_remove,
)
from antenne.delivery.selectors import topic_url
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES
from antenne.web.bodies import BODY_MAX_BYTES, takes_bytes
from antenne.web.browse.channels import channel_head
from antenne.web.community.acting import acting, wished
from antenne.web.community.forms import FormBlock
from antenne.web.community.likes import like_answer
from antenne.web.community.post_cards import posts_context
from antenne.web.paging import page_asked
from antenne.web.viewer import edge_of, viewer_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.community.models import Post


class ManyFiles(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class PostForm(forms.Form):
    """What a post says."""

    body = forms.CharField(
        label=_("What is new"),
        required=False,
        max_length=BODY_MAX_CHARS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    photos = forms.FileField(
        label=_("Pictures"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most ten."),
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
    )
    alts = forms.CharField(
        label=_("What the pictures show"),
        required=False,
        max_length=5200,
        help_text=_("One line a picture, for those who do not see it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    video = forms.CharField(
        label=_("A video of this site"),
        required=False,
        max_length=200,
        help_text=_("Its address, where you want to show one."),
    )


class DiscussionForm(PostForm):
    """What a discussion begins with."""

    title = forms.CharField(label=_("Title"), max_length=200)
    field_order = ("title", "body")


POST_MAX_BYTES = PHOTOS_MAX * IMAGE_MAX_BYTES + BODY_MAX_BYTES


def words_of(request: HttpRequest) -> Words:
    """Return what a form says; a picture that is too large is refused by its size alone."""
    lines = request.POST.get("alts", "").splitlines()
    files = request.FILES.getlist("photos")[: PHOTOS_MAX + 1]
    return Words(
        body=request.POST.get("body", ""),
        title=request.POST.get("title", ""),
        video=request.POST.get("video", "")[:200],
        photos=tuple(
            Brought(file.read(IMAGE_MAX_BYTES + 1), lines[number] if number < len(lines) else "")
            for number, file in enumerate(files)
        ),
    )


@require_safe
def channel_posts(request: HttpRequest, handle: str) -> HttpResponse:
    """Show a channel's posts, and its team the form for a new one."""
    head = channel_head(request, channel_by_handle(handle), tab="posts")
    rows = posts_of_channel(head["channel"])
    page = page_asked(request, rows, by="created_at", size=12)
    context = {**head, **posts_context(page.rows, viewer=head["viewer"], kept=head["owned"])}
    context |= {"page": page, "form": PostForm()}
    return render(request, "community/channel_posts.html", context)


@takes_bytes(POST_MAX_BYTES)
@acting
def publish(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Publish a post in a channel."""
    made = channel_post(by=person, channel=channel_by_handle(handle), words=words_of(request))
    return redirect("post", made.public_id)


@require_safe
@with_person
def followed(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the posts of channels that one follows and the discussions of one's groups."""
    rows = posts_followed(person)
    page = page_asked(request, rows, by="created_at", size=12)
    context = {"page": page, **posts_context(page.rows, viewer=person)}
    return render(request, "community/posts_followed.html", context)


@require_safe
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a post and the comments on it."""
    viewer = viewer_of(request)
    found, kept = post_open(public_id, viewer=viewer)
    return render(request, "community/post.html", _context(request, found, kept=kept))


def _context(request: HttpRequest, found: Post, *, kept: bool) -> dict[str, Any]:
    viewer = viewer_of(request)
    place = place_of_post(found.public_id, viewer=viewer)
    list_url = reverse("post_comments", args=[found.public_id])
    shown = posts_context([found], viewer=viewer, kept=kept)
    return {
        "seen": shown["posts"][0],
        "cards": shown["cards"],
        "own": viewer is not None and viewer.pk == found.person_id and not found.removed,
        "place": place,
        "page": comments_page(place, viewer=viewer),
        "list_url": list_url,
        "form": FormBlock(action=list_url),
        "events_url": topic_url(place.topic, edge=edge_of(request)),
        "edit_form": PostForm(initial={"body": found.body}),
    }


@acting
def edit(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Change the words of a post."""
    post_edit(by=person, public_id=public_id, body=request.POST.get("body", ""))
    return redirect("post", public_id)


@acting
def remove(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Remove a post, and lead back to where it stood."""
    gone = post_remove(by=person, public_id=public_id)
    messages.success(request, str(_("The post is gone.")))
    if gone.group is not None:
        return redirect("group", gone.group.handle)
    return redirect("channel_posts", gone.channel.handle if gone.channel else "")


@acting
def like(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Like a post, or take the like back."""
    found, _kept = post_open(public_id, viewer=person)
    post_like(by=person, post=found, on=wished(request))
    return like_answer(request, found.pk, reverse("post", args=[public_id]), small=True)
