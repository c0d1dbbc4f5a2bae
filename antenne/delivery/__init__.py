"""May this viewer watch this here: signed paths and epochs."""
