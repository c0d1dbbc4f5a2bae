"""`antenne doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict

from rich.console import Console

from antenne.cli.doctor_checks import CHECKS, Finding, State
from antenne.kernel.environment import EnvironmentRefused, environment_read

MARKS = {State.OK: "[green]✓[/]", State.WARNING: "[yellow]![/]", State.WRONG: "[red]✗[/]"}


def doctor_run(*, as_json: bool) -> int:
    """Run every check, print what was found and return the exit status: 1 if anything is wrong."""
    findings = findings_collect()
    if as_json:
        Console(soft_wrap=True).print_json(json.dumps([asdict(found) for found in findings]))
    else:
        _print(findings)
    return int(any(found.state is State.WRONG for found in findings))


def findings_collect() -> list[Finding]:
    """Return the findings of every check, in the order in which they should be mended."""
    try:
        settings = environment_read(os.environ)
    except EnvironmentRefused as error:
        mend = "Correct these variables; `docs/operations/configuration.md` describes each."
        return [Finding("configuration", State.WRONG, str(error), mend)]
    findings = [Finding("configuration", State.OK, f"home {settings.home}")]
    for check in CHECKS:
        findings.extend(check(settings))
    return findings


def _print(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for found in findings:
        console.print(f"{MARKS[found.state]} [bold]{found.name}[/]: {found.detail}")
        if found.mend and found.state is not State.OK:
            console.print(f"    {found.mend}")
