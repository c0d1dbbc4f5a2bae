"""What the site says of itself: its colours, its logo, its terms."""
