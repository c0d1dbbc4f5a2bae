"""The form of a comment: new, an answer, or a change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.http import HttpRequest

_ID: Final = re.compile(r"[\w-]{1,80}")
_SHOWN_CHARS: Final = 20_000
_KEY_CHARS: Final = 36


@dataclass(frozen=True, slots=True)
class FormBlock:
    """What `community/_form.html` shows: where it sends, where a script puts what comes back."""

    action: str
    into: str = "#comments-list"
    swap: str = "afterbegin"
    body: str = ""
    reply_to: str = ""
    who: str = ""
    refusal: str = ""

    @property
    def fresh(self) -> bool:
        """Say whether it is the form of a whole page, which stays when it has been sent."""
        return self.swap == "afterbegin"

    @property
    def changing(self) -> bool:
        """Say whether it changes a comment."""
        return self.swap == "outerHTML"

    @property
    def field_id(self) -> str:
        """Return the id of its field, once on a page."""
        return f"comment-{self.into.removeprefix('#')}{self.reply_to[-6:]}"


def form_refused(request: HttpRequest, words: str) -> FormBlock:
    """Return the form as it was sent, with why it was refused."""
    target = request.headers.get("HX-Target", "")
    into = f"#{target}" if _ID.fullmatch(target) else "#comments-list"
    swaps = {"#c-": "outerHTML", "#a-": "beforeend"}
    return FormBlock(
        action=request.path,
        into=into,
        swap=swaps.get(into[:3], "afterbegin"),
        body=request.POST.get("body", "")[:_SHOWN_CHARS],
        reply_to=request.POST.get("reply_to", "")[:_KEY_CHARS],
        refusal=words,
    )
