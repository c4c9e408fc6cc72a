"""Fetched listings on disk, what arXiv said of them, and the clock that spaces the requests."""

from triage.archive.listings import open_archive

__all__ = ["open_archive"]
