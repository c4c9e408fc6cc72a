"""Go through the day's arXiv papers by keyboard, note what matters, publish the kept set as a post."""

__version__ = "0.1.0"
HOMEPAGE = "https://pypi.org/project/paper-triage/"
INSTALL = "To have triage on your PATH for good: pipx install . (or uv tool install .)"
"""As the README's third line has it; a test holds them equal."""
