"""TeX in titles, abstracts and author lines as Unicode: everything shown goes through this one converter."""

from triage.tex.conversion import formula, to_unicode

__all__ = ["formula", "to_unicode"]
