"""Server-rendered pages, one folder per place a person can be."""
