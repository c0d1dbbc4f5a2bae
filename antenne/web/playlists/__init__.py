"""Playlists: the library, a playlist's page, saving to one, the queue beside a player."""
