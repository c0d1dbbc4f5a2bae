"""What a video is called in further languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.translations import translations_of
from antenne.catalog.services.translations import translation_drop, translation_put
from antenne.kernel.languages import language_name
from antenne.web.languages import language_choices
from antenne.web.studio.forms import TranslationForm
from antenne.web.studio.preview import video_page, with_video

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Video, VideoTranslation


@with_video
def translations(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """List what a video is called elsewhere; add a language or change one."""
    rows = translations_of(video)
    said = [row.language for row in rows]
    form = _offering(TranslationForm(request.POST or None), language_choices(*said))
    try:
        if form.is_valid():
            translation_put(by=person, public_id=video.public_id, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("studio_translations", video.public_id)
    except CatalogRefused as refusal:
        form.add_error(None, str(refusal))
    further = [row for row in language_choices() if row[0] not in said]
    context = {
        **video_page(request, video, place="languages"),
        "rows": [(row, language_name(row.language), _form_of(row)) for row in rows],
        "form": _offering(form, [("", ""), *further]),
    }
    return render(request, "studio/translations.html", context)


def _form_of(row: VideoTranslation) -> TranslationForm:
    """Return the form that changes a translation, whose language stays."""
    said = {name: getattr(row, name) for name in TranslationForm.base_fields}
    form = TranslationForm(initial=said, auto_id=f"{row.language}_%s")
    form.fields["language"].widget = HiddenInput()
    return form


def _offering(form: TranslationForm, languages: list[tuple[str, str]]) -> TranslationForm:
    form.fields["language"].choices = languages  # type: ignore[attr-defined] # a ChoiceField
    return form


@require_POST
@with_video
def drop(request: HttpRequest, person: Person, video: Video, language: str) -> HttpResponse:
    """Take a language away."""
    translation_drop(by=person, public_id=video.public_id, language=language)
    messages.success(request, _("The translation has been removed."))
    return redirect("studio_translations", video.public_id)
