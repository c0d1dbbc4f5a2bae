"""Looks at the player of a page, and waits until it does something."""

from __future__ import annotations

from time import monotonic
from typing import Any, Final

from playwright.sync_api import Error, FrameLocator, Page

VIDEO: Final = "[data-player] video:not(.player__video--standby)"
_SEEN: Final = """video => ({
    time: video.currentTime, width: video.videoWidth, height: video.videoHeight,
    paused: video.paused, muted: video.muted, volume: video.volume,
    audio: video.webkitAudioDecodedByteCount, frames: video.webkitDecodedFrameCount,
})"""
# Looks in the page itself: from here a moment that lasts a second is easily missed.
_LOOKS: Final = f"""async video => {{
    const until = performance.now() + 1000;
    do {{
        if (WISH) return ({_SEEN})(video);
        await new Promise((go) => setTimeout(go, 20));
    }} while (video.isConnected && performance.now() < until);
    return null;
}}"""
_PATIENCE_S: Final = 120.0
# What Playwright says where a page gave way to the next meanwhile.
_LEFT_BEHIND: Final = "Execution context was destroyed"


def seen(page: Page | FrameLocator) -> dict[str, Any]:
    """Return what the video on stage shows."""
    found: dict[str, Any] = page.locator(VIDEO).first.evaluate(_SEEN)
    return found


def until(page: Page, wish: str, *, inside: FrameLocator | None = None) -> dict[str, Any]:
    """Wait until the video fulfils *wish*, an expression over `video`; return what it shows then.

    The video may be another after a while: the page is asked anew which one is on stage.
    """
    looks = _LOOKS.replace("WISH", wish)
    end_s = monotonic() + _PATIENCE_S
    while monotonic() < end_s:
        found = _looked(inside or page, looks)
        if found is not None:
            return found
    raise AssertionError(f"never {wish}: {seen(inside or page)}")


def _looked(page: Page | FrameLocator, looks: str) -> dict[str, Any] | None:
    """Look for a second; a page that gives way to the next while one looks shows nothing."""
    try:
        found: dict[str, Any] | None = page.locator(VIDEO).first.evaluate(looks)
    except Error as error:
        if _LEFT_BEHIND not in error.message:
            raise
        return None
    return found


def plays(page: Page, *, past_s: float = 1.5, inside: FrameLocator | None = None) -> dict[str, Any]:
    """Wait until pictures and sound have played past a moment, be it to the end."""
    wish = (
        f"video.currentTime > {past_s} && video.videoWidth > 0 && (!video.paused || video.ended)"
        " && video.webkitAudioDecodedByteCount > 0 && video.webkitDecodedFrameCount > 0"
    )
    return until(page, wish, inside=inside)


def qualities(page: Page) -> list[str]:
    """Open the menu of qualities and return what it offers; the menu stays open."""
    page.locator("[data-player]").hover()
    page.click("[data-part=settings]")
    page.click("[data-part=menu] [role=menuitem] >> nth=0")
    return page.locator("[data-part=menu] [role=menuitemradio]").all_inner_texts()
