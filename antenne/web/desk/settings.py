"""Settings: a screen a kind, every change a version, every version restorable."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from antenne.custody.logos import LOGO_MAX_BYTES
from antenne.custody.selectors import setting_number, setting_of
from antenne.custody.settings import (
    CategorySettings,
    MailSettings,
    PagesSettings,
    SettingRefused,
    SiteSettings,
)
from antenne.kernel.rate import RateExceeded
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.settings import kind_of, versions_page
from antenne.moderation.services.settings import (
    logo_set,
    mail_test,
    setting_change,
    setting_return,
)
from antenne.web.desk.categories import categories_screen
from antenne.web.desk.fields import SettingForm, setting_form, value_of
from antenne.web.desk.shell import desk_render
from antenne.web.site.texts import TITLES, Text, markdown_html
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.custody.settings import Setting


class LogoForm(forms.Form):
    """An image that becomes the logo."""

    image = forms.FileField(
        label=gettext_lazy("Image"),
        help_text=gettext_lazy("SVG, PNG, WebP or JPEG, at most 512 kB. It is shown 32 px high."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/svg+xml,image/png,image/webp"}),
    )


class MailTestForm(forms.Form):
    """Where a test goes."""

    address = forms.EmailField(
        label=gettext_lazy("Send a test to"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@with_operator
def setting(request: HttpRequest, operator: Person, key: str) -> HttpResponse:
    """Show and change one kind of setting."""
    kind = kind_of(key)
    if kind is None:
        raise Http404
    if kind is CategorySettings:
        return categories_screen(request, operator)
    value = setting_of(kind)
    form = setting_form(kind, value, number=setting_number(kind), posted=request.POST or None)
    if kind is PagesSettings and "preview" in request.POST and form.is_valid():
        context = {**_context(request, kind, form), "previews": _previews(form)}
        return desk_render(request, operator, "setting.html", context)
    if form.is_valid() and _saved(form, operator=operator, value=value):
        messages.success(request, _("Saved. It holds everywhere within seconds."))
        return redirect("desk_setting", key)
    return desk_render(request, operator, "setting.html", _context(request, kind, form))


def _context(request: HttpRequest, kind: type[Setting], form: SettingForm) -> dict[str, object]:
    email = getattr(request.user, "email", "")
    return {
        "kind": kind,
        "form": form,
        "number": setting_number(kind),
        "written": kind is PagesSettings,
        "logo_form": LogoForm() if kind is SiteSettings else None,
        "test_form": MailTestForm(initial={"address": email}) if kind is MailSettings else None,
    }


def _previews(form: SettingForm) -> list[Text]:
    """Return the texts of a form as their pages would show them; nothing is kept."""
    parts = [name.partition("__") for name in form.fields if "__" in name]
    return [
        Text(page, TITLES[page], code, markdown_html(text))
        for page, _between, code in parts
        if (text := form.cleaned_data[f"{page}__{code}"].strip())
    ]


def _saved(form: SettingForm, *, operator: Person, value: Setting) -> bool:
    """Write a checked form; False where the setting refuses, with its reasons in the form."""
    data = dict(form.cleaned_data)
    reason, number = data.pop("reason"), data.pop("on")
    try:
        setting_change(by=operator, value=value_of(value, data), reason=reason, on=number)
    except SettingRefused as refusal:
        faults = {name or "__all__": fault for name, fault in refusal.faults.items()}
        form.faults_add(faults)
        return False
    return True


@require_POST
@with_operator
def logo(request: HttpRequest, operator: Person, field: str) -> HttpResponse:
    """Take an image as the logo, or take the logo away."""
    image = request.FILES.get("image")
    if image is None and "remove" not in request.POST:
        messages.error(request, _("Choose an image first."))
        return redirect("desk_setting", SiteSettings.KEY)
    try:
        data = image.read(LOGO_MAX_BYTES + 1) if image else b""
        logo_set(by=operator, field=field, data=data, reason=request.POST.get("reason", ""))
    except SettingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The logo has been changed."))
    return redirect("desk_setting", SiteSettings.KEY)


@require_POST
@with_operator
def test_mail(request: HttpRequest, operator: Person) -> HttpResponse:
    """Send a letter with the settings that are kept, and say what came of it."""
    form = MailTestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is not an e-mail address."))
        return redirect("desk_setting", MailSettings.KEY)
    try:
        mail_test(by=operator, address=form.cleaned_data["address"])
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    except RateExceeded as error:
        words = _("Try again in %(seconds)s seconds.")
        messages.error(request, words % {"seconds": error.retry_after_s})
    else:
        messages.success(request, _("The mail server has taken it. Look into the mailbox."))
    return redirect("desk_setting", MailSettings.KEY)


@require_safe
@with_operator
def versions(request: HttpRequest, operator: Person, key: str = "") -> HttpResponse:
    """Show every change of every setting, or of one kind."""
    if key and kind_of(key) is None:
        raise Http404
    rows, after = versions_page(by=operator, key=key, cursor=request.GET.get("after", ""))
    context = {"versions": rows, "next_cursor": after, "kind": kind_of(key)}
    return desk_render(request, operator, "versions.html", context)


@require_POST
@with_operator
def restore(request: HttpRequest, operator: Person, version_id: UUID) -> HttpResponse:
    """Write an older version again."""
    try:
        setting_return(by=operator, version_id=version_id, reason=request.POST.get("reason", ""))
    except SettingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Restored, as a new version."))
    return redirect("desk_versions")
