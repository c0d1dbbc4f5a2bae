"""What nginx needs from us to check the same signed paths: see `deploy/nginx/`."""

from __future__ import annotations

import json
import os
from pathlib import Path

from antenne.kernel.signing import KEY_ID, PICTURES_ID


def nginx_key_write(path: Path, media_key: bytes) -> None:
    """Write the key of the media paths where nginx reads it as it starts; for the owner only."""
    wanted = json.dumps({KEY_ID: media_key.hex(), PICTURES_ID: media_key.hex()})
    if path.exists() and path.read_text() == wanted:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(wanted)
    draft.replace(path)
