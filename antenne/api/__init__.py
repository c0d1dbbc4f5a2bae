"""Public JSON, one file per resource."""
