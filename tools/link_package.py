"""Make this checkout importable and runnable from the virtual environment that runs this file.

Writes a .pth file and the `antenne` command, which is all that an editable install would do, and
needs neither a build tool nor the network.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = """#!{python}
import sys

from antenne.cli.main import app

sys.exit(app())
"""


def link() -> None:
    """Write both files, again and again if need be."""
    paths = sysconfig.get_paths()
    (Path(paths["purelib"]) / "antenne.pth").write_text(f"{ROOT}\n")
    command = Path(paths["scripts"]) / "antenne"
    command.write_text(COMMAND.format(python=sys.executable))
    command.chmod(0o755)


if __name__ == "__main__":
    link()
