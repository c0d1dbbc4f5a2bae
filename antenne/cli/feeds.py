"""`antenne feed`: what a portal would refuse of a feed. It needs no database."""

from __future__ import annotations

from pathlib import Path

from antenne.cli.late import CommandRefused
from antenne.processes.web import WebBounds, WebQuestion, WebRefused, web_ask
from antenne.syndication.lint.findings import Report
from antenne.syndication.lint.reading import FEED_MAX_BYTES, feed_lint


def feed_check(*, where: str) -> str:
    """Return a line for each finding in the feed at an address or in a file, and a last one."""
    report = feed_lint(_read(where))
    lines = [
        f"{finding.line}: {finding.severity}: {finding.rule}: {finding.text}"
        + (f" [{finding.item}]" if finding.item else "")
        for finding in report.findings
    ]
    return "\n".join([*lines, _last_line(report)])


def _last_line(report: Report) -> str:
    advice = len(report.findings) - report.refused
    return f"{report.items} items, {report.refused} refusals, {advice} pieces of advice"


def _read(where: str) -> bytes:
    if not where.startswith(("http://", "https://")):
        try:
            return Path(where).read_bytes()
        except OSError as error:
            raise CommandRefused(str(error)) from error
    bounds = WebBounds(max_bytes=FEED_MAX_BYTES, redirects=5, private=True)
    try:
        answer = web_ask(WebQuestion(where), bounds)
    except WebRefused as error:
        raise CommandRefused(str(error)) from error
    if answer.status != 200:  # noqa: PLR2004 - HTTP's word for yes
        raise CommandRefused(f"{where} answers {answer.status}")
    return answer.body
