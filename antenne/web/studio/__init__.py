"""Where people put videos in and look after them."""
