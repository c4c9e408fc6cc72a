"""One old post brought into a library, for tests that need it there."""

from datetime import datetime

from triage.actions.import_post import Imported, bring_in, read_post
from triage.ports import Archive, Library, Posts
from triage.settings import Settings


def import_post(
    library: Library, archive: Archive, posts: Posts, settings: Settings, place: str, now: datetime
) -> Imported:
    """Read the post in a file and bring it in. Raises Refused, Unreachable, NotSaved."""
    return bring_in(library, archive.find, settings, read_post(posts, settings, place), now)
