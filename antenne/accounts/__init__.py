"""People, logins, tokens."""
