"""What a checker of accessibility finds wrong with a page that has come to rest."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Page

from tests.journeys.conftest import ROOT

AXE: Final = ROOT / "node_modules/axe-core/axe.min.js"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Nothing that the page asks for by itself is on its way, and nothing has changed for two pictures
# and so many milliseconds.
_AT_REST: Final = """async (calmMs) => {
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    const waited = () => new Promise((go) => setTimeout(go, calmMs));
    const busy = "[hx-get].htmx-request, .htmx-swapping, .htmx-settling, [hx-trigger=load]";
    const last = performance.now() + 60000;
    let changed = document;
    const watch = new MutationObserver(([first]) => { changed = first.target; });
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    watch.observe(document, all);
    await document.fonts.ready;
    for (let what = changed; what; what = changed ?? document.querySelector(busy)) {
        if (performance.now() > last) throw new Error(`never at rest: ${what.outerHTML}`);
        changed = null;
        await frame();
        await frame();
        await waited();
    }
    watch.disconnect();
}"""
_CALM_MS: Final = 100


def rest_await(page: Page, calm_ms: int = 0) -> None:
    """Wait until nothing comes to a page any more, and nothing has changed for so long."""
    page.evaluate(_AT_REST, calm_ms)


def at_rest(page: Page, url: str) -> None:
    """Open a page and wait until all is there that comes by itself."""
    page.goto(url)
    rest_await(page, _CALM_MS)


def faults_of(page: Page) -> list[str]:
    """Return what axe finds wrong: the rule, and where."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
