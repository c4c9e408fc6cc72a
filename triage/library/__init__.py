"""The room of everything the user made: journals, the tables they make, TinyDB on top."""

from triage.library.opening import open_library

__all__ = ["open_library"]
