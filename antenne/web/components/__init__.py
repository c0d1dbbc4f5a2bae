"""Parts of a page that lists repeat by the dozen, as HTML written in Python.

A template looks up each word of a part one by one: forty cards took it longer than the rest of
the page together. Everything that stands once on a page is a template. `markup` escapes
whatever is not HTML of ours.
"""
