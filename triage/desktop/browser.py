"""The user's browser, started apart from our terminal."""

import os
import subprocess
import sys

from triage import web_link

PATIENCE = 5.0
"""Seconds to wait for word from the browser; one that runs longer has opened."""
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


class DesktopBrowser:
    """`ports.Browser` by Python's `webbrowser`, in a child without our terminal."""

    def open(self, url: str) -> str | None:
        """Open a link; None when that worked, else a sentence that names the link."""
        if not web_link.is_safe(url):
            return f"{url} was not opened: only links with http or https and a host are"
        # Without TERM no text browser is chosen: it would draw over the app.
        environment = {name: value for name, value in os.environ.items() if name != "TERM"}
        try:
            child = subprocess.Popen(
                [sys.executable, "-c", _OPEN, url],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
            opened = child.wait(timeout=PATIENCE) == 0
        except subprocess.TimeoutExpired:
            opened = True
        except (OSError, ValueError):
            opened = False
        return None if opened else f"No browser could be started; the link is {url}"
