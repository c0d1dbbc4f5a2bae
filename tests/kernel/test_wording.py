"""What stays of what people write."""

from __future__ import annotations

import pytest

from antenne.kernel.wording import one_line

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@pytest.mark.parametrize(
    ("written", "stays"),
    [
        ("  Two\r\nlines\t and\u2028more ", "Two lines and more"),
        ("\u202egnp.exe\x00\ufeff", "gnp.exe"),
        (f"{FAMILY} at sea", f"{FAMILY} at sea"),
        (PERSIAN, PERSIAN),
        ("\u200d \u200c", ""),
    ],
)
def test_what_cannot_be_seen_goes_and_what_joins_letters_stays(written: str, stays: str) -> None:
    assert one_line(written) == stays
