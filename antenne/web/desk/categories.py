"""The screen of categories: their order, their names, and which are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.catalog.selectors.categories_shown import categories_all
from antenne.custody.selectors import setting_number, setting_of
from antenne.custody.settings import CategorySettings, SettingRefused
from antenne.moderation.services.settings import setting_change
from antenne.web.desk.shell import desk_render

if TYPE_CHECKING:
    from antenne.accounts.models import Person


class CategoriesForm(forms.Form):
    """For each category its place, whether it is offered, and its name in each language."""

    on = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=500)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type] # what Form takes
        for place, category in enumerate(categories_all(), start=1):
            self._row_add(category.value, place, offered=category.offered)

    def _row_add(self, value: str, place: int, *, offered: bool) -> None:
        names = setting_of(CategorySettings).names
        self.fields[f"{value}__place"] = forms.IntegerField(
            initial=place, min_value=0, max_value=999, label=_("Place")
        )
        self.fields[f"{value}__offered"] = forms.BooleanField(
            initial=offered, required=False, label=_("Offered")
        )
        for code, language in settings.LANGUAGES:
            self.fields[f"{value}__name__{code}"] = forms.CharField(
                initial=names.get(f"{code}:{value}", ""),
                required=False,
                max_length=40,
                label=language,
            )

    def value(self) -> CategorySettings:
        """Return the setting that a checked form says."""
        data = self.cleaned_data
        keys = [category.value for category in categories_all()]
        return CategorySettings(
            order=tuple(sorted(keys, key=lambda key: (data[f"{key}__place"], keys.index(key)))),
            hidden=tuple(key for key in keys if not data[f"{key}__offered"]),
            names={
                f"{code}:{key}": name
                for key in keys
                for code, _language in settings.LANGUAGES
                if (name := data[f"{key}__name__{code}"].strip())
            },
        )


def categories_screen(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show and change the categories."""
    number = setting_number(CategorySettings)
    form = CategoriesForm(request.POST or None, initial={"on": number})
    if form.is_valid():
        data = form.cleaned_data
        try:
            setting_change(by=operator, value=form.value(), reason=data["reason"], on=data["on"])
        except SettingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. It holds everywhere within seconds."))
            return redirect("desk_setting", CategorySettings.KEY)
    rows = [
        {
            "category": category,
            "place": form[f"{category.value}__place"],
            "offered": form[f"{category.value}__offered"],
            "names": [
                form[f"{category.value}__name__{code}"] for code, _language in settings.LANGUAGES
            ],
        }
        for category in categories_all()
    ]
    context = {"kind": CategorySettings, "form": form, "rows": rows, "number": number}
    return desk_render(
        request, operator, "categories.html", {**context, "languages": settings.LANGUAGES}
    )
