"""What languages call themselves."""

from __future__ import annotations

from django.utils.translation import get_language_info


def language_name(code: str, *, kind: str = "name_local") -> str:
    """Return what a language calls itself; its code where that is not known.

    *kind* is an entry of Django's table of languages: `name_translated` is in the reader's words.
    """
    try:
        name = str(get_language_info(code)[kind])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]
