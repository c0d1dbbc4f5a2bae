"""The period that statistics are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antenne.audience.periods import DAYS_MOST, Period, PeriodRefused, period_last, period_of

PRESETS = (7, 28, 90, 365)
USUAL = 28
EVER = "ever"


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """Two days; both are needed."""

    first = forms.DateField(label=gettext_lazy("From"), widget=_day_input())
    last = forms.DateField(label=gettext_lazy("To"), widget=_day_input())

    def clean(self) -> dict[str, Any]:
        """Refuse what is no period."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if isinstance(first, date) and isinstance(last, date):
            try:
                data["period"] = period_of(first, last)
            except PeriodRefused:
                self.add_error("last", _("This day is before the first, or too far from it."))
        return data


@dataclass(frozen=True, slots=True)
class Choice:
    """One period to choose: its words, its query, and whether it is shown now."""

    name: str
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The period of a page, how it is asked for again, what else can be chosen."""

    period: Period
    query: str
    choices: tuple[Choice, ...]
    form: PeriodForm


def period_asked(request: HttpRequest, *, began: date | None) -> Asked:
    """Read the period of a page's address; what makes no sense becomes the usual one."""
    given = request.GET
    custom = "first" in given or "last" in given
    form = PeriodForm(given if custom else None)
    key = given.get("period", "")
    if custom and form.is_valid():
        period: Period = form.cleaned_data["period"]
        query = urlencode({"first": period.first.isoformat(), "last": period.last.isoformat()})
        return Asked(period, query, _choices(""), form)
    period = _preset(key, began)
    key = key if key in {EVER, *map(str, PRESETS)} else str(USUAL)
    if not custom:
        form = PeriodForm(initial={"first": period.first, "last": period.last})
    return Asked(period, urlencode({"period": key}), _choices(key), form)


def period_name(period: Period) -> str:
    """Return a period as a part of a file's name, with the zone of its days."""
    zones = "_".join(period.zones).replace("/", "-")
    return f"{period.first}-{period.last}-{zones}"


def _preset(key: str, began: date | None) -> Period:
    if key == EVER and began is not None:
        today = period_last(1).last
        return Period(max(began, today - timedelta(days=DAYS_MOST - 1)), max(today, began))
    return period_last(int(key) if key in map(str, PRESETS) else USUAL)


def _choices(current: str) -> tuple[Choice, ...]:
    rows = [
        (
            str(days),
            ngettext("Last %(days)s day", "Last %(days)s days", days) % {"days": days},
        )
        for days in PRESETS
    ]
    return tuple(
        Choice(name, urlencode({"period": key}), key == current)
        for key, name in [*rows, (EVER, _("Since the beginning"))]
    )
