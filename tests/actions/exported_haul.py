"""A haul that is exported to a file, and what a hand does to that."""

from pathlib import Path

from tests.actions.conftest import NOW, paper
from triage.actions import comment, decide, note, read_back
from triage.actions import haul as hauls
from triage.desktop.posts import PostFiles
from triage.haul import Entry, Haul
from triage.ports import Archive, Library
from triage.settings import Settings
from triage.steps import CURRENT

SETTINGS = Settings()
A, B, C = (f"2611.{number:05}" for number in (1, 2, 3))


class Bench:
    """A haul of three papers with notes and two comments, exported, and its file."""

    def __init__(self, folder: Path, library: Library, archive: Archive) -> None:
        self.library, self.archive = library, archive
        self.posts = PostFiles(folder / "posts")
        self.settings = SETTINGS
        for number, text in ((1, "One.<br/>\n> quoted"), (2, ""), (3, "Three  *spaces*.\n\nAnd more.")):
            decide.keep(library, [paper(number)], NOW)
            note.write(library, paper(number), text, NOW)
        comment.add(library, "The first comment.")
        comment.add(library, "The second\non two lines.")
        self.key = CURRENT
        self.place = self.export()

    def export(self) -> str:
        place = f"{self.posts.folder}/haul.md"
        return hauls.export_post(self.library, self.posts, self.settings, NOW, place, key=self.key)

    @property
    def text(self) -> str:
        return self.posts.read(self.place).decode()

    def edit(self, before: str, after: str) -> None:
        assert before in self.text, before
        self.write(self.text.replace(before, after, 1))

    def write(self, text: str) -> None:
        self.posts.write(self.place, text.encode())

    def look(self, place: str | None = None) -> read_back.ReadBack:
        return read_back.prepare(
            self.library, self.archive, self.posts, self.settings, NOW, key=self.key, place=place
        )

    def take_over(self, place: str | None = None) -> read_back.ReadBack:
        looked = self.look(place)
        read_back.take_over(self.library, looked)
        return looked

    def exported(self) -> str:
        return hauls.post_of(self.library, self.settings, NOW, key=self.key).decode()

    @property
    def haul(self) -> Haul:
        if self.key == CURRENT:
            return hauls.current(self.library, self.settings, NOW)
        return hauls.published(self.library, self.key)

    def entry(self, key: str) -> Entry:
        found = self.haul.entry(key)
        assert found is not None
        return found

    def said(self) -> list[str]:
        return [f"{one.what} {one.part or one.where}: {one.name or one.after}" for one in self.look().edits]

    def publish(self) -> None:
        hauls.publish(self.library, self.posts, self.settings, NOW, place=self.place)
        self.key = hauls.key_of_number(self.library, 1)


def card(link: str, title: str, excerpt: str = "") -> str:
    said = f"    <p>\n{excerpt}\n    </p>\n" if excerpt else ""
    return f'<blockquote>\n    <a href="{link}">\n    <h4>{title}</h4>\n{said}    </a>\n</blockquote>\n\n'
