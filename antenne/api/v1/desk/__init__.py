"""The desk: what those who run the site see and do; everybody else is refused."""
