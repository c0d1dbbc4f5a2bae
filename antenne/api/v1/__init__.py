"""Version 1 of the public API, one file per resource; `openapi.json` describes it."""
