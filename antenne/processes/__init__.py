"""The only door to other programs, with limits: ffmpeg, PostgreSQL, yt-dlp."""
