"""What a portal would refuse of a feed, said before it does."""
