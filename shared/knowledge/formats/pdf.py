"""PDF: the text of each page, its lines joined to paragraphs, its headings known by the size of their letters."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from shared.errors import BadDocument
from shared.knowledge.parsed import MOST_PAGES, TextWriter

_HEADING_RATIO = 1.15
"""Letters this much larger than the body's, in a short line, are a heading."""
_LONGEST_HEADING_CHARACTERS = 120
_FURNITURE_SHARE = 0.6
"""A first or last line that stands on this share of the pages is a running head, not text."""
_FURNITURE_FROM_PAGES = 4
_SHORT_LINE = 0.75
"""A line that ends a sentence and is shorter than this share of the page's longest line ends its paragraph."""
_SENTENCE_END = re.compile(r"[.!?:…。！？][\"'”’)\]]*$")  # noqa: RUF001  # the sentence ends of Chinese and Japanese
_BULLET = re.compile(r"^(?:[-•–▪◦*]|\d{1,3}[.)])\s")  # noqa: RUF001  # bullets are often dashes
_HYPHENS = ("\x02", "\ufffe", "\u00ad")
"""What PDFium writes for a hyphen at a line's end that parts a word."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    page: int


def read_pdf(writer: TextWriter, content: bytes) -> None:
    """Add headings and paragraphs with their page numbers, counted from 1.

    Raises: BadDocument: it has a password, no pages, too many, no text (scanned), or is damaged.
    """
    document = _opened(writer.name, content)
    try:
        writer.pages = len(document)
        _check_pages(writer.name, len(document))
        writer.title = document.get_metadata_dict().get("Title", "").strip()
        pages = [_lines(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise BadDocument(f"{writer.name} has a damaged page: print it to a new PDF and add that.") from error
    finally:
        document.close()
    if not any(pages):
        raise BadDocument(
            f"{writer.name} has {len(pages)} pages and no text: it was scanned. Run text recognition over it first."
        )
    _add_pages(writer, _without_furniture(pages))


def _opened(name: str, content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadDocument(f"{name} has a password: save it without one and add it again.") from error
        if b"/Count 0" in content:
            # PDFium does not open what has no first page.
            raise BadDocument(f"{name} has no pages: export it again from where it came.") from error
        raise BadDocument(f"{name} is damaged or no PDF: print it to a new PDF and add that.") from error


def _check_pages(name: str, pages: int) -> None:
    if pages == 0:
        raise BadDocument(f"{name} has no pages: export it again from where it came.")
    if pages > MOST_PAGES:
        raise BadDocument(f"{name} has {pages:,} pages; {MOST_PAGES:,} are the most: split it.")


def _lines(document: pypdfium2.PdfDocument, index: int) -> list[_Line]:
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            return list(_lines_of(text_page, index + 1))
        finally:
            text_page.close()
    finally:
        page.close()


def _lines_of(text_page: pypdfium2.PdfTextPage, page: int) -> Iterator[_Line]:
    text = text_page.get_text_range()
    position = 0
    for raw in text.split("\n"):
        shown = raw.strip()
        if shown:
            first = position + len(raw) - len(raw.lstrip())
            yield _Line(shown, _letter_height(text_page, first), page)
        position += len(raw) + 1


def _letter_height(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    """The font's size is in its own units, which a matrix scales: the box of the letter is as drawn."""
    bounds = pdfium.FS_RECTF()
    if pdfium.FPDFText_GetLooseCharBox(text_page.raw, index, ctypes.byref(bounds)):
        return float(bounds.top - bounds.bottom)
    return 0.0


def _without_furniture(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Take running heads, feet and page numbers away: they would stand in the middle of sentences."""
    if len(pages) < _FURNITURE_FROM_PAGES:
        return pages
    counts = Counter(_anonymous(line.text) for page in pages for line in {*page[:1], *page[-1:]})
    furniture = {text for text, count in counts.items() if count >= _FURNITURE_SHARE * len(pages)}
    kept = [[line for line in page if not _is_furniture(page, line, furniture)] for page in pages]
    return kept if any(kept) else pages


def _is_furniture(page: list[_Line], line: _Line, furniture: set[str]) -> bool:
    return (line is page[0] or line is page[-1]) and _anonymous(line.text) in furniture


def _anonymous(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _add_pages(writer: TextWriter, pages: list[list[_Line]]) -> None:
    body = _body_size(pages)
    for page in pages:
        longest = max((len(line.text) for line in page), default=0)
        gathered: list[_Line] = []
        for line in page:
            if _is_heading(line, body):
                _flush(writer, gathered)
                writer.add(line.text, "heading", _level(line, body), line.page)
                continue
            if gathered and _BULLET.match(line.text):
                _flush(writer, gathered)
            gathered.append(line)
            if _SENTENCE_END.search(line.text) and len(line.text) < _SHORT_LINE * longest:
                _flush(writer, gathered)
        _flush(writer, gathered)


def _flush(writer: TextWriter, gathered: list[_Line]) -> None:
    if not gathered:
        return
    text = ""
    for line in gathered:
        parted = text.endswith(_HYPHENS)
        text = text[:-1] + line.text if parted else f"{text} {line.text}".lstrip()
    for mark in _HYPHENS:
        text = text.replace(mark, "")
    writer.add(text, page=gathered[0].page)
    gathered.clear()


def _body_size(pages: list[list[_Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_heading(line: _Line, body: float) -> bool:
    return body > 0 and line.size >= _HEADING_RATIO * body and len(line.text) <= _LONGEST_HEADING_CHARACTERS


def _level(line: _Line, body: float) -> int:
    """Three levels are enough to tell a title from a chapter from a section."""
    ratio = line.size / body
    return 1 if ratio >= 1.7 else 2 if ratio >= 1.35 else 3
