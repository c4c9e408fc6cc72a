"""Hostile text in every place where text is shown: what it is, a world full of it, and ways through that."""
