"""How often Python looks for garbage that only points at itself."""

from __future__ import annotations

import gc
from typing import Final

# A page makes tens of thousands of objects, nearly all of which go by themselves. Python's own
# 700 has it look through them dozens of times a page, and now and then through everything.
_YOUNG: Final = 50_000
_YOUNG_TIMES: Final = 20
_OLD_TIMES: Final = 50


def collector_rest() -> None:
    """Look for nothing while a program is loaded, nearly all of which stays."""
    gc.disable()


def collector_settle() -> None:
    """Leave alone for ever what is loaded by now, and look through the rest seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _YOUNG_TIMES, _OLD_TIMES)
    gc.enable()
