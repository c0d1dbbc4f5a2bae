"""Asks Lighthouse what it thinks of pages, on the phone and on the desk that it simulates.

It comes with what tests need (`npm ci`) and drives the Chromium of the system.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.commands import CommandFailed, answered
from benchmarks.report import Bar, Figure, Report

BAR: Final = Bar(95.0, least=True)
PUBLIC: Final = ("performance", "accessibility", "best-practices", "seo")
PRIVATE: Final = PUBLIC[:3]  # what no search engine is to list
FORMS: Final = {"phone": (), "desktop": ("--preset=desktop",)}
_PROGRAM: Final = Path(__file__).parents[1] / "node_modules" / ".bin" / "lighthouse"
_UNJUDGED: Final = frozenset({"informative", "notApplicable", "manual"})

_ATTEMPTS: Final = 3

Judgement = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to be looked at: with *cookie* as somebody signed in; *listed* by search engines."""

    name: str
    url: str
    cookie: str = ""
    listed: bool = True

    @property
    def headers(self) -> dict[str, str]:
        """Return what is sent with every request."""
        return {"Cookie": self.cookie} if self.cookie else {}

    @property
    def categories(self) -> tuple[str, ...]:
        """Return what Lighthouse is to judge."""
        return PUBLIC if self.listed else PRIVATE


def chromium() -> str:
    """Return the browser to use; empty where there is none."""
    named = os.environ.get("CHROME_PATH", "")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), "")


def judge(report: Report, pages: list[Shown], *, runs: int) -> None:
    """Report the scores of each page in each form, the median of some runs."""
    if not _PROGRAM.exists() or not chromium():
        report.note("no Lighthouse (npm ci) or no chromium: no scores")
        return
    for shown in pages:
        for form in FORMS:
            try:
                said = [_judgement_at_last(shown, form) for _run in range(runs)]
            except CommandFailed as error:
                report.note(f"{shown.name} {form}: Lighthouse: {error}")
                continue
            _scores_report(report, f"{shown.name} {form}", shown.categories, said)


def _judgement_at_last(shown: Shown, form: str) -> Judgement:
    """Return a judgement, asked for again where the browser lost the page; raise CommandFailed."""
    for _attempt in range(_ATTEMPTS - 1):
        with suppress(CommandFailed):
            return _judgement(shown, form)
    return _judgement(shown, form)


def _judgement(shown: Shown, form: str) -> Judgement:
    """Return what Lighthouse says of one page; raise CommandFailed."""
    argv = [
        *(str(_PROGRAM), shown.url, *FORMS[form], "--output=json", "--quiet"),
        *("--no-enable-error-reporting", f"--only-categories={','.join(shown.categories)}"),
        f"--extra-headers={json.dumps(shown.headers)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic",
    ]
    said = answered(argv, environment={**os.environ, "CHROME_PATH": chromium()})
    judged: Judgement = json.loads(said)
    if failure := judged.get("runtimeError"):
        raise CommandFailed(failure["message"])
    return judged


def _scores_report(
    report: Report, page: str, categories: tuple[str, ...], said: list[Judgement]
) -> None:
    for category in categories:
        scores = tuple(100 * (each["categories"][category]["score"] or 0.0) for each in said)
        report.add(Figure(f"{page}: {category}", statistics.median(scores), "", scores, BAR))
    for text in dict.fromkeys(text for each in said for text in _shortcomings(each)):
        report.note(f"{page}: {text}")


def _shortcomings(judged: Judgement) -> list[str]:
    """Name every audit that was not passed in full, and of what weight it is."""
    weights = {
        ref["id"]: ref["weight"]
        for category in judged["categories"].values()
        for ref in category["auditRefs"]
    }
    return [
        f"{name}: {_said(audit)}, score {audit['score'] or 0:g}, weight {weights.get(name, 0)}"
        for name, audit in judged["audits"].items()
        if audit.get("scoreDisplayMode") not in _UNJUDGED and (audit.get("score") or 0) < 1
    ]


def _said(audit: dict[str, Any]) -> str:
    return str(audit.get("errorMessage") or audit.get("displayValue") or audit["title"])
