"""Home, channels and the style guide."""
