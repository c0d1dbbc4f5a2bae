"""Catalogues are compiled to what gettext itself reads."""

from __future__ import annotations

import gettext
import io

import pytest

from tools.messages import catalogue_compile

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

#: antenne/web/views.py
msgid "On the air"
msgstr "À l'antenne"

msgid "a long "
"one"
msgstr ""
"une longue "
"\"phrase\""

#, python-format
msgid "%(n)s view"
msgid_plural "%(n)s views"
msgstr[0] "%(n)s vue"
msgstr[1] "%(n)s vues"

msgctxt "verb"
msgid "Play"
msgstr "Lire"

#, fuzzy
msgid "Guess"
msgstr "Devine"

msgid "Untranslated"
msgstr ""
"""


@pytest.fixture
def french() -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(catalogue_compile(CATALOGUE)))


def test_sentences_are_translated(french: gettext.GNUTranslations) -> None:
    assert french.gettext("On the air") == "À l'antenne"
    assert french.gettext("a long one") == 'une longue "phrase"'
    assert french.pgettext("verb", "Play") == "Lire"


def test_plurals_follow_the_language(french: gettext.GNUTranslations) -> None:
    assert french.ngettext("%(n)s view", "%(n)s views", 0) == "%(n)s vue"
    assert french.ngettext("%(n)s view", "%(n)s views", 2) == "%(n)s vues"


def test_guesses_and_gaps_show_the_original(french: gettext.GNUTranslations) -> None:
    assert french.gettext("Guess") == "Guess"
    assert french.gettext("Untranslated") == "Untranslated"


def test_a_broken_line_is_named() -> None:
    with pytest.raises(SystemExit, match="line 1: msgid nothing"):
        catalogue_compile("msgid nothing")
