"""Languages of tracks, as files say them and as players know them."""

from __future__ import annotations

import pytest

from antenne.ffmpeg.languages import language_in_file, language_tag


@pytest.mark.parametrize(
    ("said", "known"),
    [("fre", "fr"), ("ENG", "en"), ("en-us", "en-US"), ("gsw", "gsw"), ("und", ""), ("e n", "")],
)
def test_a_language_is_known_by_its_shortest_code(said: str, known: str) -> None:
    assert language_tag(said) == known


@pytest.mark.parametrize(
    ("tag", "written"),
    [("fr", "fra"), ("pt-BR", "por"), ("gsw", "gsw"), ("", ""), ("e n", ""), ("xx", "")],
)
def test_files_name_a_language_by_three_letters(tag: str, written: str) -> None:
    assert language_in_file(tag) == written
