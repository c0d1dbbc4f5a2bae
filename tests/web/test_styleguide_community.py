"""The style guide shows the community's components with their states."""

from __future__ import annotations

from django.test import Client


def test_comments_likes_and_follows_stand_on_the_style_guide(region: None) -> None:
    page = Client().get("/styleguide").content.decode()

    assert "This comment was removed." in page
    assert "It has a word that you block" in page
    assert "1.2K" in page
    assert "1.5M followers" in page
