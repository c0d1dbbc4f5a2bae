"""Looks at the player of a page, and waits until it does something."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import FrameLocator, Page

VIDEO: Final = "[data-player] video:not(.player__video--standby)"
_SEEN: Final = """video => ({
    time: video.currentTime, width: video.videoWidth, height: video.videoHeight,
    paused: video.paused, muted: video.muted, volume: video.volume,
    audio: video.webkitAudioDecodedByteCount, frames: video.webkitDecodedFrameCount,
})"""
_STEP_MS: Final = 100
_STEPS: Final = 600


def seen(page: Page | FrameLocator) -> dict[str, Any]:
    """Return what the video on stage shows."""
    found: dict[str, Any] = page.locator(VIDEO).first.evaluate(_SEEN)
    return found


def until(page: Page, wish: str, *, inside: FrameLocator | None = None) -> dict[str, Any]:
    """Wait until the video fulfils *wish*, an expression over `video`; return what it shows."""
    test = f"video => Boolean({wish})"
    for _ in range(_STEPS):
        if (inside or page).locator(VIDEO).first.evaluate(test):
            return seen(inside or page)
        page.wait_for_timeout(_STEP_MS)
    raise AssertionError(f"never {wish}: {seen(inside or page)}")


def plays(page: Page, *, past_s: float = 1.5, inside: FrameLocator | None = None) -> dict[str, Any]:
    """Wait until pictures and sound have played past a moment."""
    wish = (
        f"video.currentTime > {past_s} && video.videoWidth > 0 && !video.paused"
        " && video.webkitAudioDecodedByteCount > 0 && video.webkitDecodedFrameCount > 0"
    )
    return until(page, wish, inside=inside)


def qualities(page: Page) -> list[str]:
    """Open the menu of qualities and return what it offers; the menu stays open."""
    page.locator("[data-player]").hover()
    page.click("[data-part=settings]")
    page.click("[data-part=menu] [role=menuitem] >> nth=0")
    return page.locator("[data-part=menu] [role=menuitemradio]").all_inner_texts()
