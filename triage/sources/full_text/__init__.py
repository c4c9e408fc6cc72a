"""arXiv's HTML pages of papers, as LaTeXML makes them: read, cut into parts, and each part made Markdown."""
