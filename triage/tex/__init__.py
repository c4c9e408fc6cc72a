"""TeX in titles, abstracts and author lines as Unicode: everything shown goes through this one converter."""

from triage.tex.conversion import to_unicode

__all__ = ["to_unicode"]
