"""Large numbers by language, and marked texts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from antenne.kernel.clock import now
from antenne.web.components.times import ago_words as ago
from antenne.web.figures import figure_short, views_words
from antenne.web.marks import Marks
from antenne.web.prose import prose_html, without_chapters


@pytest.mark.parametrize(
    ("language", "number", "shown"),
    [
        ("en", 0, "0"),
        ("en", 999, "999"),
        ("en", 1000, "1K"),
        ("en", 1299, "1.2K"),
        ("en", 123_999, "123K"),
        ("en", 999_999, "999K"),
        ("en", 10_000_000, "10M"),
        ("en", 2_500_000_000, "2.5B"),
        ("fr", 1299, "1,2\u00a0k"),
        ("fr", 3_400_000_000, "3,4\u00a0Md"),
        ("ja", 12_000, "1.2万"),
        ("es", 12_000, "12\u00a0mil"),
        ("pt-br", 1_500_000, "1,5\u00a0mi"),
    ],
)
def test_numbers_are_short_in_each_language(language: str, number: int, shown: str) -> None:
    with override(language):
        assert figure_short(number) == shown


def test_one_view_is_one() -> None:
    with override("en"):
        assert [views_words(n) for n in (0, 1, 1500)] == ["0 views", "1 view", "1.5K views"]


def test_marks_leave_the_text_as_it_is_written() -> None:
    marks = Marks({"ete", "coeur"}, ["タワー"])

    assert marks.html("L'Été <au> cœur") == "L&#x27;<mark>Été</mark> &lt;au&gt; <mark>cœur</mark>"
    assert marks.html("東京タワー") == "東京<mark>タワー</mark>"
    assert marks.html("e\u0301te\u0301 !") == "<mark>e\u0301te\u0301</mark> !"


def test_a_part_of_a_long_text_is_where_the_mark_is() -> None:
    text = "word " * 100 + "pelican " + "word " * 100
    part = Marks({"pelican"}).part(text)

    assert "<mark>pelican</mark>" in part
    assert part.startswith("… word")
    assert part.endswith(" …")
    assert len(part) < 250


def test_tags_in_a_description_lead_to_their_page() -> None:
    text = "See #Été and #12, https://example.org/#part, a#b, 1:02 #東京."

    shown = prose_html(text)

    assert '<a href="/tag/ete">#Été</a> and #12, ' in shown
    assert '<a href="/tag/%E6%9D%B1%E4%BA%AC">#東京</a>.' in shown
    assert "/tag/part" not in shown
    assert "/tag/b" not in shown
    assert 'data-seek="62"' in shown


def test_a_description_in_few_words_leaves_the_list_of_chapters_out() -> None:
    text = "One lamp, six colours.\n\n0:00 Evening\n(0:08) Night\n- 0:16 - Morning\n"

    assert without_chapters(text) == "One lamp, six colours."
    assert without_chapters("0:00 Evening\n0:08 Night") == ""
    assert without_chapters("At 0:08 it is night.") == "At 0:08 it is night."


def test_how_long_ago_is_said_in_one_unit() -> None:
    assert ago(now() - timedelta(days=6, hours=18)) == "6\xa0days ago"
    assert ago(now() - timedelta(hours=3)) == "3\xa0hours ago"
