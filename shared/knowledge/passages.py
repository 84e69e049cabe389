"""Splits a document into passages that know their place: small enough to embed whole, cut at headings and sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from semantic_text_splitter import TextSplitter
from tokenizers import Tokenizer

from shared.knowledge.parsed import Block, ParsedDocument
from shared.knowledge.weights import LONGEST_TOKENS, load_tokenizer

PASSAGE_TOKENS = 208
"""What is left of the embedding's window for the passage when its title and headings have had their share."""
CONTEXT_TOKENS = LONGEST_TOKENS - PASSAGE_TOKENS - 2
"""The two are the marks that the model puts at both ends."""
_SMALL_TOKENS = 24
"""A last piece smaller than this says too little by itself and goes to the piece before it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document: `text` is `parsed.text[start:end]`."""

    text: str
    start: int
    end: int
    page: int | None
    heading: tuple[str, ...]
    """The headings above it, from the outermost."""
    context: str
    """Title, headings and, inside a table, its first row: what stands in front when it is embedded or searched."""

    @property
    def in_context(self) -> str:
        """The passage with its context in front, as it is embedded."""
        return f"{self.context}\n{self.text}" if self.context else self.text


def split(parsed: ParsedDocument) -> list[Passage]:
    """Split a document at its headings, then between blocks, then between sentences; nothing overlaps."""
    tokenizer = load_tokenizer()
    tokenizer.no_truncation()
    return _Splitter(parsed, tokenizer).passages()


class _Splitter:
    def __init__(self, parsed: ParsedDocument, tokenizer: Tokenizer) -> None:
        self.parsed = parsed
        self.tokenizer = tokenizer
        self.sentences = TextSplitter.from_huggingface_tokenizer(tokenizer, PASSAGE_TOKENS, trim=True)

    def passages(self) -> list[Passage]:
        found = [passage for heading, blocks in _sections(self.parsed) for passage in self._section(heading, blocks)]
        # A document of headings only still says something.
        return found or list(self._section((), self.parsed.blocks))

    def count(self, text: str) -> int:
        return len(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def _section(self, heading: tuple[str, ...], blocks: Sequence[Block]) -> Iterator[Passage]:
        pieces = [piece for block in blocks for piece in self._pieces(block)]
        for first, last in self._packed(pieces):
            yield self._passage(heading, first, last)

    def _pieces(self, block: Block) -> Iterator[Block]:
        """The block itself where it fits, else its rows or sentences."""
        text = self.parsed.of(block)
        if self.count(text) <= PASSAGE_TOKENS:
            yield block
            return
        for offset, chunk in self.sentences.chunk_indices(text):
            start = block.start + offset
            yield Block(start, start + len(chunk), block.kind, block.level, block.page)

    def _packed(self, pieces: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
        """Join neighbours for as long as they fit; a rest too small to stand alone joins what is before it."""
        groups: list[tuple[Block, Block, int]] = []
        for piece in pieces:
            tokens = self.count(self.parsed.of(piece))
            room = PASSAGE_TOKENS + (_SMALL_TOKENS if tokens < _SMALL_TOKENS else 0)
            if groups and groups[-1][2] + tokens <= room and groups[-1][1].kind == piece.kind:
                first, _, before = groups[-1]
                groups[-1] = (first, piece, before + tokens)
            else:
                groups.append((piece, piece, tokens))
        return ((first, last) for first, last, _ in groups)

    def _passage(self, heading: tuple[str, ...], first: Block, last: Block) -> Passage:
        return Passage(
            text=self.parsed.text[first.start : last.end],
            start=first.start,
            end=last.end,
            page=first.page,
            heading=heading,
            context=self._context(heading, first),
        )

    def _context(self, heading: tuple[str, ...], first: Block) -> str:
        names = [self.parsed.title, *heading]
        path = " > ".join(name for before, name in pairwise(["", *names]) if name and name != before)
        lines = [path, self._table_head(first)]
        return self._within("\n".join(line for line in lines if line))

    def _table_head(self, piece: Block) -> str:
        """The first row of the table that a piece was cut from, unless the piece begins with it."""
        if piece.kind != "table":
            return ""
        whole = next(block for block in self.parsed.blocks if block.start <= piece.start < block.end)
        return "" if whole.start == piece.start else self.parsed.of(whole).partition("\n")[0]

    def _within(self, context: str) -> str:
        encoding = self.tokenizer.encode(context, add_special_tokens=False)
        if len(encoding.ids) <= CONTEXT_TOKENS:
            return context
        return context[: encoding.offsets[CONTEXT_TOKENS - 1][1]]


def _sections(parsed: ParsedDocument) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Blocks under one heading, with the path of headings that leads there."""
    path: list[tuple[int, str]] = []
    gathered: list[Block] = []
    for block in parsed.blocks:
        if block.kind != "heading":
            gathered.append(block)
            continue
        if gathered:
            yield tuple(name for _, name in path), gathered
            gathered = []
        path = [entry for entry in path if entry[0] < block.level]
        path.append((block.level, " ".join(parsed.of(block).split())))
    if gathered:
        yield tuple(name for _, name in path), gathered
