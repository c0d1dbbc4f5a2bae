"""What a person says of themselves, and how they like the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import preferences_of
from antenne.accounts.services import (
    Liking,
    avatar_bring,
    avatar_drop,
    preferences_set,
    profile_edit,
)
from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES
from antenne.kernel.rate import RateExceeded
from antenne.web.account.forms_self import PreferencesForm, ProfileForm
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_LIKED = tuple(PreferencesForm.base_fields)


@never_cache
@with_person
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    """Show and change what the person says of themselves."""
    shown = {"name": person.name, "handle": person.handle, "about": person.about}
    initial = shown | {"links": "\n".join(person.links)}
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid() and _profile_kept(form, person):
        messages.success(request, _("Your profile has been changed."))
        return redirect("account_profile")
    return render(request, "account/profile.html", {"form": form, "person": person})


def _profile_kept(form: ProfileForm, person: Person) -> bool:
    """Keep what a checked form says; say whether that could be done, else why not."""
    try:
        profile_edit(by=person, **form.said())
    except AccountRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    except RateExceeded:
        form.add_error("handle", _("You have changed your handle several times. Wait some days."))
        return False
    return True


@require_POST
@with_person
def picture(request: HttpRequest, person: Person) -> HttpResponse:
    """Take in a picture of the person's, or show the initial again."""
    image = request.FILES.get("image")
    try:
        if image is None:
            avatar_drop(by=person)
        else:
            avatar_bring(by=person, data=image.read(IMAGE_MAX_BYTES + 1))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your picture has been changed."))
    return redirect("account_profile")


@never_cache
@with_person
def preferences(request: HttpRequest, person: Person) -> HttpResponse:
    """Show and change how the person likes the site."""
    kept = preferences_of(person)
    form = PreferencesForm(request.POST or None, initial={n: getattr(kept, n) for n in _LIKED})
    if not form.is_valid():
        return render(request, "account/preferences.html", {"form": form})
    liking = Liking(**form.cleaned_data)
    preferences_set(by=person, liking=liking)
    with override(liking.language or setting_of(SiteSettings).language):
        messages.success(request, _("Your preferences have been kept."))
    return _in_language(redirect("account_preferences"), liking.language)


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    """Have this browser ask for pages in a language from now on."""
    name = settings.LANGUAGE_COOKIE_NAME
    if language:
        response.set_cookie(name, language, max_age=365 * 86_400, samesite="Lax")
    else:
        response.delete_cookie(name)
    return response
