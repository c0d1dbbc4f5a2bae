"""Parts of lists that are written in Python."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.safestring import SafeString

from antenne.catalog.models import Channel
from antenne.web.addresses import address_of
from antenne.web.components.cards import card_html
from antenne.web.components.markup import markup
from antenne.web.components.pictures import picture_html
from tests.factories.catalog import video_make


def test_words_are_escaped_and_html_is_left() -> None:
    assert markup("<b>{}</b>{}", 'A "b" & <i>', SafeString("<br>")) == (
        "<b>A &quot;b&quot; &amp; &lt;i&gt;</b><br>"
    )


@pytest.mark.parametrize("page", ["watch", "channel", "person"])
def test_an_address_is_the_one_that_django_makes(page: str) -> None:
    assert address_of(page, "swan-2") == reverse(page, args=["swan-2"])


def test_an_address_of_a_key_is_the_one_that_django_makes() -> None:
    key = uuid4()

    assert address_of("comment", str(key)) == reverse("comment", args=[key])


def test_a_card_escapes_what_people_wrote(channel: Channel) -> None:
    video = video_make(channel, title="<script>alert(1)</script>")
    video.channel.name = "<b>Birds</b>"

    shown = card_html(video, SafeString(""), views=3)

    assert "<script>" not in shown
    assert "&lt;b&gt;Birds&lt;/b&gt;" in shown
    assert "3 views" in shown


def test_a_veiled_picture_gives_no_address_away(channel: Channel) -> None:
    video = video_make(channel)
    video.poster, video.preview = "s1/poster.webp", "s1/preview.webp"

    shown, veiled = (picture_html(video, edge="", veiled=hidden) for hidden in (False, True))

    assert "s1/poster.webp" in shown
    assert "s1/preview.webp" in shown
    assert "s1/" not in veiled
    assert "Sensitive" in veiled
