"""From an uploaded file to segments on the air."""
