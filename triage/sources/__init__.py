"""Where papers come from: arXiv's feeds, listing pages and API, web pages, and the bundled sample."""
