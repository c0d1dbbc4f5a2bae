"""Where those who run the site see how it does, decide, and change it."""
