"""The log of what operators did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from antenne.moderation.selectors.log import WORDS, log_page
from antenne.web.desk.shell import desk_render
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_FIELDS = ("action", "actor", "subject")
_MOST_CHARS = 64


@require_safe
@with_operator
def log(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show who did what, to what, when and why."""
    asked = {name: request.GET.get(name, "")[:_MOST_CHARS].replace("\x00", "") for name in _FIELDS}
    lines, after = log_page(by=operator, cursor=request.GET.get("after", ""), **asked)
    context = {"lines": lines, "next_cursor": after, "asked": asked, "words": WORDS}
    return desk_render(request, operator, "log.html", context)
