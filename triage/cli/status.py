"""The exit statuses."""

DONE = 0
OUR_FAULT = 1
USAGE = 2
NETWORK = 3
DISK = 4
"""The library or the archive: damaged, newer, not writable."""
INTERRUPTED = 130
"""By Ctrl+C, as shells have it."""
