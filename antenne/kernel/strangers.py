"""How whoever makes an answer says that it is the same for every stranger.

What is done with it is up to the pages (`antenne.web.strangers`): the next one may get it, too.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

_OFFERED: Final = "offered_to_strangers"


def strangers_offer(request: HttpRequest) -> None:
    """Say that the answer to this request, if nobody is known by it, may go to others as well.

    It must not hold anything that depends on who asks beyond their language and country, and may
    be a second old: so lists, never whether something may be watched.
    """
    setattr(request, _OFFERED, True)


def strangers_offered(request: HttpRequest) -> bool:
    """Say whether `strangers_offer` was called."""
    return getattr(request, _OFFERED, False)
