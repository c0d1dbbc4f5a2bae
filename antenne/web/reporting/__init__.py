"""Where people say what is wrong, and read what was decided about them."""
