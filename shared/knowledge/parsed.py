"""A document that has been read: its text, and where each piece of it stood."""

from dataclasses import dataclass
from typing import Literal

from shared.errors import BadDocument

LARGEST_BYTES = 32 * 1024 * 1024
MOST_CHARACTERS = 5_000_000
"""About 3 000 printed pages: more is a library, and a question finds more in its single books."""
MOST_PAGES = 3_000

BlockKind = Literal["heading", "text", "table"]
_BETWEEN_BLOCKS = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a table: `text[start:end]` of its document, in code points."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    """1 to 6 for headings, 0 for all else."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Text and blocks of a document; `notes` are sentences about what could not be read as it was."""

    name: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()

    def of(self, block: Block) -> str:
        """Return the text of one of its blocks."""
        return self.text[block.start : block.end]


class TextWriter:
    """Puts blocks one after another and remembers where each of them stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.title = ""
        self.pages: int | None = None
        self.notes: list[str] = []
        self._blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0

    def add(self, text: str, kind: BlockKind = "text", level: int = 0, page: int | None = None) -> None:
        """Add a block; one without words is left out.

        Raises: BadDocument: the document has more text than we take.
        """
        text = text.strip()
        if not any(character.isalnum() for character in text):
            return
        if self._parts:
            self._append(_BETWEEN_BLOCKS)
        start = self._length
        self._append(text)
        self._blocks.append(Block(start, self._length, kind, level, page))
        if kind == "heading" and level == 1 and not self.title:
            self.title = text

    def finished(self) -> ParsedDocument:
        """Return the document.

        Raises: BadDocument: nothing was added.
        """
        if not self._blocks:
            raise BadDocument(f"{self.name} holds no text: add a document that has words in it.")
        title = self.title or self.name.rpartition(".")[0] or self.name
        return ParsedDocument(
            self.name, title, "".join(self._parts), tuple(self._blocks), self.pages, tuple(self.notes)
        )

    def _append(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise BadDocument(
                f"{self.name} holds more than {MOST_CHARACTERS:,} characters of text: split it into smaller documents."
            )
        self._parts.append(text)
