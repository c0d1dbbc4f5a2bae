"""The `antenne` command."""
