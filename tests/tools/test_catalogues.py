"""Catalogues hold what the code says, no more and no less, and pages say nothing else."""

from __future__ import annotations

import pytest

from tools.catalogues import catalogue_renew, catalogue_text, untranslated, wanted
from tools.hard_coded import hard_coded


@pytest.mark.slow
def test_what_code_and_templates_say_is_found() -> None:
    said = wanted()

    assert "catalog/services/channels.py" in said["A channel needs a name.", None]
    assert any(name.endswith("masthead.html") for name in said["Upload", None])


@pytest.mark.slow
def test_what_is_translated_stays_and_what_is_gone_goes() -> None:
    renewed = catalogue_renew("fr")
    message = renewed.get("A channel needs a name.")

    assert message is not None
    assert message.string == "Une chaîne a besoin d\u2019un nom."
    assert "Language: fr" in catalogue_text(renewed)
    assert {m.id for m in renewed if m.id and isinstance(m.id, str)} <= {key for key, _ in wanted()}


@pytest.mark.slow
def test_a_message_without_every_number_is_not_translated() -> None:
    renewed = catalogue_renew("fr")
    renewed.add(("%(n)s cat", "%(n)s cats"), ("%(n)s chat", ""))

    assert "('%(n)s cat', '%(n)s cats')" in untranslated(renewed)


def test_words_that_no_language_can_change_are_found() -> None:
    page = '<p title="Hello">{% translate "Fine" %} {{ name }} <b>World</b> <code>ls</code></p>'

    assert list(hard_coded(page)) == ["Hello", "World"]
