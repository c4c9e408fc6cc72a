"""library.json as it lies on the disk: documents are read from the file when they are asked for.

The documents of a table stand by rising id, one a line, in blocks of some 16 kB. What is known of each block,
its first id, its place and its CRC-32, stands in the table `meta` at the end of the file; a document is read
by reading its block, and a block that is not as it was written is never believed.
"""

import errno
import json
import os
import weakref
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple
from zlib import crc32

from triage.document import Document
from triage.pattern import pattern

ID = "id"
"""The field that holds a document's id."""
_KEPT = 256
"""Documents that are kept once they were read: those beside the cursor are asked for again and again."""
_ASKED_OFTEN = 16
"""Papers of one block that are asked for in a row: a listing's, most of which were never decided on."""
_quoted = json.encoder.encode_basestring_ascii
_ID = pattern(rb'": \{"id":("(?:[^"\\]|\\.)*")')
"""How a document begins; JSON escapes quotes in texts, so it stands nowhere else in a line."""


class DamagedSnapshot(Exception):
    """The file is not what this program wrote; the message says what is wrong, as the end of a sentence."""


class Block(NamedTuple):
    """Some documents of a table that stand together."""

    first: str
    """The id of the first one."""
    offset: int
    """Bytes from the start of the file."""
    length: int
    """Bytes."""
    check: int
    """Their CRC-32."""
    documents: int
    """How many they are."""


class OpenFile:
    """A file open for reading as long as somebody holds this; another one in its place changes nothing."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self.path = path
        self._handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # nobody waits for a pipe
        weakref.finalize(self, os.close, self._handle)
        about = os.fstat(self._handle)
        if not S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        self.size = about.st_size
        """Bytes."""

    def read(self, offset: int, length: int) -> bytes:
        """So many bytes; fewer at the end. Raises OSError."""
        return os.pread(self._handle, length, offset)

    def is_there(self) -> bool:
        """Tell whether the path still leads to this very file."""
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._handle))
        except OSError:
            return False


class StoredTable:
    """The documents of one table in the file."""

    def __init__(self, file: OpenFile, blocks: Sequence[Block]) -> None:
        self.file = file
        self.blocks = blocks
        """By rising id."""
        self._firsts = [block.first for block in blocks]
        self._last: tuple[Block, bytes] | None = None
        self._asked = 0
        """How often the last block was asked for a document."""
        self._ids: frozenset[bytes] | None = None
        """The ids in the last block, quoted; None until they are worth finding."""
        self._known: dict[str, tuple[int, Document]] = {}
        self._keys: dict[int, str] | None = None

    def __len__(self) -> int:
        return sum(block.documents for block in self.blocks)

    def get(self, key: str) -> tuple[int, Document] | None:
        """A document with TinyDB's number, by its id: to be read and not handed out.

        Raises DamagedSnapshot when its block is not what was written, OSError.
        """
        known = self._known.get(key)
        if known is not None:
            return known
        at = bisect_right(self._firsts, key) - 1
        if at < 0:
            return None
        data = self.data(self.blocks[at])
        quoted = _quoted(key).encode()
        if self._ids is None and self._asked == _ASKED_OFTEN:
            self._ids = frozenset(_ID.findall(data))
        self._asked += 1
        if self._ids is not None and quoted not in self._ids:
            return None
        begins = data.find(b'": {"id":%b' % quoted)
        if begins < 0:
            return None
        start = data.rfind(b"\n", 0, begins) + 1
        found = parsed(data[start : _end_of_line(data, begins)])
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = found
        return found

    def key_of(self, doc_id: int) -> str | None:
        """The id of the document with a number of TinyDB's. Raises as `get` does."""
        if self._keys is None:
            self._keys = {number_of(line): key for block in self.blocks for key, line in self.lines(block)}
        return self._keys.get(doc_id)

    def documents(self) -> Iterator[tuple[int, Document]]:
        """Every document with TinyDB's number, by rising id, made anew each time. Raises as `get` does."""
        for block in self.blocks:
            # One call for many documents: five times as fast as one by one.
            for number, document in _loads(b"{%b}" % self.data(block)).items():
                yield int(number), document

    def lines(self, block: Block) -> Iterator[tuple[str, bytes]]:
        """The documents of a block as they stand in the file, each with its id. Raises as `get` does."""
        for line in self.data(block).split(b"\n")[1:]:
            begin = _ID.search(line)
            if begin is None:
                raise DamagedSnapshot("cannot be read")
            yield _id_of(begin[1]), line.removesuffix(b",")

    def data(self, block: Block) -> bytes:
        """A block's bytes. Raises as `get` does."""
        if self._last is not None and self._last[0] is block:
            return self._last[1]
        data = self._read(block)
        self._last, self._asked, self._ids = (block, data), 0, None
        return data

    def verify(self) -> None:
        """Look whether every block is what was written, the last one read too. Raises as `get` does."""
        for block in self.blocks:
            self._read(block)

    def _read(self, block: Block) -> bytes:
        data = self.file.read(block.offset, block.length)
        if crc32(data) != block.check:
            raise DamagedSnapshot("was changed by another program")
        return data


def parsed(line: bytes) -> tuple[int, Document]:
    """TinyDB's number and the document of a line. Raises DamagedSnapshot."""
    return number_of(line), _loads(line.partition(b": ")[2])


def number_of(line: bytes) -> int:
    """TinyDB's number of a line's document."""
    return int(line[1 : line.index(b'"', 1)])


def line_of(number: int, document: Document) -> bytes:
    """A document as it stands in the file, behind a newline."""
    return f'"{number}": {_dumps({ID: document[ID], **document})}'.encode()


def _id_of(quoted: bytes) -> Any:
    """The id that stands between quotes; most have no escape in them."""
    if b"\\" in quoted or not quoted.isascii():
        return _loads(quoted)
    return quoted[1:-1].decode("ascii")


def _loads(data: bytes) -> Any:
    try:
        return _decode(data.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise DamagedSnapshot("cannot be read") from error


_decode = json.JSONDecoder().decode
_dumps = json.JSONEncoder(separators=(",", ":")).encode


def _end_of_line(data: bytes, start: int) -> int:
    end = data.find(b"\n", start)
    end = len(data) if end < 0 else end
    return end - (data[end - 1 : end] == b",")
