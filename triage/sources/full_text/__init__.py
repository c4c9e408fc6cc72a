"""arXiv's HTML pages of papers, as LaTeXML makes them: read, cut into parts, and each part made Markdown."""

VERSION = 1
"""Of what the parts look like: a later one makes them anew of a page that is kept."""
