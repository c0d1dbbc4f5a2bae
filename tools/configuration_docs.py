"""Prints `docs/operations/configuration.md` from the variables that Antenne reads.

`python -m tools.configuration_docs > docs/operations/configuration.md` after a change of one.
"""

from __future__ import annotations

import sys

from antenne.kernel.environment import VARIABLES, Variable

HEAD = """\
# Configuration

Everything is configured by environment variables. Each is checked when a part starts; a value that
cannot work stops the start with a sentence for every fault. `antenne doctor` checks them too.

This page is made from `antenne/kernel/environment.py` by `python -m tools.configuration_docs`.

| variable | default | meaning |
|---|---|---|
"""
FOOT = """
Two installations run side by side on one machine when `ANTENNE_HOME`, `ANTENNE_PORT` and
`ANTENNE_EDGE_PORT` differ. All parts of one installation need the same values, above all the same
`ANTENNE_SECRET` where they do not share a home folder.

Two more variables are for development: `ANTENNE_CORPUS` names a folder of real clips for the tests,
`ANTENNE_BENCH` the folder of the clip that `make bench` measures.
"""


def page() -> str:
    """Return the page."""
    return HEAD + "".join(_row(variable) for variable in VARIABLES) + FOOT


def _row(variable: Variable) -> str:
    default = f"`{variable.default}`" if variable.default else "empty"
    return f"| `{variable.name}` | {default} | {variable.meaning} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
