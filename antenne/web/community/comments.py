"""Comments: the list under a video, a thread of its own, and everything people do there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reswap, retarget

from antenne.community.refusals import CommunityRefused
from antenne.community.selectors.comments import (
    CommentPage,
    answers_page,
    comment_open,
    comment_seen,
    comments_page,
    held_page,
)
from antenne.community.selectors.places import Place, place_of_post, place_of_video
from antenne.community.services.comments import comment_create, comment_edit, comment_remove
from antenne.community.services.rulings import comment_heart, comment_pin, comment_rule
from antenne.community.states import Sort
from antenne.kernel.rate import RateExceeded, client_address
from antenne.kernel.strangers import strangers_offer
from antenne.web.community.acting import acting, refusal_said, wished
from antenne.web.community.forms import FormBlock, form_refused
from antenne.web.entrance import is_htmx
from antenne.web.viewer import unlocked_of, viewer_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.community.models import Comment

_SAYING = (CommunityRefused, RateExceeded)


def place_url(place: Place) -> str:
    """Return the page of all comments on a place."""
    if place.post is not None:
        return reverse("post_comments", args=[place.post.public_id])
    return reverse("comments", args=[place.video.public_id]) if place.video else "/"


def _sort_of(request: HttpRequest) -> str:
    asked = request.GET.get("sort", "")
    return asked if asked in Sort.values else Sort.TOP


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the comments on a video, or take one."""
    viewer = viewer_of(request)
    place = place_of_video(public_id, viewer=viewer, unlocked=unlocked_of(request))
    return _answered(request, place)


@require_http_methods(["GET", "HEAD", "POST"])
def post_comments(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the comments on a post or discussion, or take one."""
    return _answered(request, place_of_post(public_id, viewer=viewer_of(request)))


def _answered(request: HttpRequest, place: Place) -> HttpResponse:
    if request.method == "POST":
        return _written(request, place=place)
    after = request.GET.get("after", "")
    page = comments_page(place, viewer=viewer_of(request), sort=_sort_of(request), cursor=after)
    return _listed(request, page)


def _listed(request: HttpRequest, page: CommentPage) -> HttpResponse:
    """Return the whole page, the list of an open page, or what comes next in it."""
    context = {"page": page, "place": page.place, "list_url": place_url(page.place)}
    context |= {"held": page.held, "form": FormBlock(action=place_url(page.place))}
    if is_htmx(request):
        strangers_offer(request)
        part = "community/_list.html" if page.first else "community/_items.html"
        return render(request, part, context)
    return render(request, "community/comments.html", context)


@acting
def _written(request: HttpRequest, person: Person, *, place: Place) -> HttpResponse:
    """Take a new comment or answer; where it is refused, its words stay in the form."""
    body, target = request.POST.get("body", ""), _key_of(request.POST.get("reply_to", ""))
    try:
        comment = comment_create(
            by=person,
            place=place,
            body=body,
            reply_to=target,
            address=client_address(request.META),
        )
    except _SAYING as error:
        return _form_again(request, place, refusal_said(error))
    if is_htmx(request):
        return _shown(request, comment, place)
    return redirect(_address_of(comment, place))


def _key_of(text: str) -> UUID | None:
    """Return the key that a form names, or None for none; one that is malformed fits nothing."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _form_again(request: HttpRequest, place: Place, words: str) -> HttpResponse:
    """Return the form with what was written and why it was refused."""
    form = form_refused(request, words)
    context = {"place": place, "form": form, "list_url": place_url(place)}
    if is_htmx(request):
        answer = render(request, "community/_form.html", context)
        return reswap(retarget(answer, "closest form"), "outerHTML")
    return render(request, "community/form.html", context, status=422)


def _address_of(comment: Comment, place: Place) -> str:
    """Return where a comment stands, for people and for pages without scripts."""
    if comment.root_id:
        return f"{reverse('comment', args=[comment.root_id])}#c-{comment.pk}"
    return f"{place_url(place)}?sort={Sort.NEWEST}#c-{comment.pk}"


def _shown(request: HttpRequest, comment: Comment, place: Place) -> HttpResponse:
    """Return one comment as this viewer sees it now."""
    seen = comment_seen(comment, place, viewer=viewer_of(request))
    context = {"seen": seen, "place": place, "list_url": place_url(place)}
    return render(request, "components/comment.html", context)


@require_safe
def comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one thread: a comment and its answers; an answer's address leads to its thread."""
    viewer = viewer_of(request)
    found, place = comment_open(key, viewer=viewer, unlocked=unlocked_of(request))
    if found.root_id:
        return redirect(f"{reverse('comment', args=[found.root_id])}#c-{found.pk}")
    answers, after = answers_page(
        found, place, viewer=viewer, cursor=request.GET.get("after", ""), size=100
    )
    context = {
        "seen": comment_seen(found, place, viewer=viewer),
        "answers": answers,
        "next_cursor": after,
        "place": place,
        "list_url": place_url(place),
        "form": FormBlock(action=place_url(place), into=f"#a-{key}", reply_to=str(key)),
    }
    return render(request, "community/thread.html", context)


@require_safe
def answers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return answers for an open page; without scripts the thread's own page has them."""
    viewer = viewer_of(request)
    root, place = comment_open(key, viewer=viewer, unlocked=unlocked_of(request))
    if not is_htmx(request):
        return redirect("comment", key)
    found, after = answers_page(root, place, viewer=viewer, cursor=request.GET.get("after", ""))
    context = {"answers": found, "next_cursor": after, "root": root, "place": place}
    context["list_url"] = place_url(place)
    return render(request, "community/_answers.html", context)


@require_safe
@with_person
def answer(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Show the form that answers a comment."""
    found, place = comment_open(key, viewer=person, unlocked=unlocked_of(request))
    if found.person is None:
        raise Http404
    form = FormBlock(
        action=place_url(place),
        into=f"#a-{found.root_id or found.pk}",
        swap="beforeend",
        reply_to=str(found.pk),
        who=found.person.name,
    )
    return _form(request, place, form)


def _form(request: HttpRequest, place: Place, form: FormBlock) -> HttpResponse:
    """Return a form for an open page, or on a page of its own."""
    page = "community/_form.html" if is_htmx(request) else "community/form.html"
    return render(request, page, {"place": place, "form": form, "list_url": place_url(place)})


@require_safe
@with_person
def edit_form(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Show the form that changes one's own comment."""
    found, place = comment_open(key, viewer=person)
    if found.person_id != person.pk:
        return redirect("comment", key)
    action = reverse("comment_edit", args=[key])
    form = FormBlock(action=action, into=f"#c-{key}", swap="outerHTML", body=found.body)
    return _form(request, place, form)


@acting
def edit(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Change one's own comment."""
    _found, place = comment_open(key, viewer=person, unlocked=unlocked_of(request))
    try:
        changed = comment_edit(by=person, key=key, body=request.POST.get("body", ""))
    except _SAYING as error:
        return _form_again(request, place, refusal_said(error))
    return _after(request, changed, place)


def _after(request: HttpRequest, changed: Comment, place: Place) -> HttpResponse:
    """Show a comment that was changed, in place or on a page of its own."""
    if is_htmx(request):
        return _shown(request, changed, place)
    return redirect(_address_of(changed, place))


@acting
def remove(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Take one's own comment away."""
    _found, place = comment_open(key, viewer=person, unlocked=unlocked_of(request))
    comment_remove(by=person, key=key)
    return HttpResponse() if is_htmx(request) else redirect(place_url(place))


@acting
def rule(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Show or hide a comment on what one keeps."""
    changed = comment_rule(by=person, key=key, state=request.POST.get("state", ""))
    _found, place = comment_open(key, viewer=person)
    if request.POST.get("from") == "held":
        return HttpResponse() if is_htmx(request) else redirect("comments_held")
    return _after(request, changed, place)


@acting
def pin(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Pin a comment, or take the pin away; the list is shown anew."""
    comment_pin(by=person, key=key, on=wished(request))
    _found, place = comment_open(key, viewer=person)
    if is_htmx(request):
        return _listed(request, comments_page(place, viewer=person))
    return redirect(place_url(place))


@acting
def heart(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Mark a comment as one that the channel likes."""
    changed = comment_heart(by=person, key=key, on=wished(request))
    _found, place = comment_open(key, viewer=person)
    return _after(request, changed, place)


@require_safe
@with_person
def held(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the comments that wait for one's review."""
    page = held_page(person, cursor=request.GET.get("after", ""))
    return render(request, "community/held.html", {"page": page})
