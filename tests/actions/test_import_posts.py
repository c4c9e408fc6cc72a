"""Many old posts at once: as many as a blog of years has, and papers of them that listings hold."""

import time

from tests.actions.conftest import NOW
from tests.actions.test_import_post import card, post_text
from triage.actions import note
from triage.actions.import_posts import Done, Read, import_posts
from triage.desktop.posts import PostFiles
from triage.ports import Archive, Library
from triage.settings import Settings

OURS = "https://arxiv.org/abs/2611.00001"


def test_two_hundred_posts_are_in_within_seconds_and_the_latest_haul_has_the_paper(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    for number in range(1, 201):
        cards = [card(f"https://example.org/{number}/{at}", f"Page {at}", "A note.") for at in range(19)]
        text = post_text(number, *cards, card(OURS, "On the number 1", f"In {number}."))
        posts.write(f"{posts.folder}/{1000 - number}.md", text.encode())
    places = posts.find([posts.folder])
    began = time.process_time()
    told = list(import_posts(library, archive, posts, Settings(), places, NOW))
    assert time.process_time() - began < 20, "the machine's own time, whoever else is at it"
    assert sum(isinstance(one, Read) for one in told) == 200
    numbers = [one.imported.number for one in told if isinstance(one, Done) and one.imported is not None]
    assert numbers == list(range(1, 201))
    assert note.note_of(library, "2611.00001") == "In 200."
    assert (library.paper("2611.00001") or {})["abstract"] == "We count to 1.", "as the listing has it"
    assert len(library.hauls()) == 200
