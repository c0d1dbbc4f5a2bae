"""The accent that operators chose, as CSS, and the logo, as pages need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.custody.settings.colours import DARK_GROUNDS, pressed, shade_nearest, text_on

if TYPE_CHECKING:
    from antenne.custody.settings import SiteSettings


def colours_css(site: SiteSettings) -> str:
    """Return the tokens that differ from ours; nothing where no accent was chosen."""
    if not site.accent:
        return ""
    light = site.accent
    dark = site.accent_dark or shade_nearest(light, DARK_GROUNDS)
    tokens = {
        "--accent": (light, dark),
        "--accent-pressed": (pressed(light, darker=True), pressed(dark, darker=False)),
        "--on-accent": (text_on(light), text_on(dark)),
    }
    lines = (f"{name}:light-dark({a},{b});" for name, (a, b) in tokens.items())
    return f":root{{{''.join(lines)}}}"
