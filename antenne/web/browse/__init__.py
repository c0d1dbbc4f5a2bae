"""Home, search, lists, and the pages of channels and people."""
