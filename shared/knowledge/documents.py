"""Reads a document of any kind that we take."""

from collections.abc import Callable

from shared.errors import BadDocument
from shared.knowledge.formats.markdown import read_markdown
from shared.knowledge.formats.plain import decoded, read_plain
from shared.knowledge.parsed import LARGEST_BYTES, ParsedDocument, TextWriter

Reader = Callable[[TextWriter, bytes], None]

_MEBIBYTE = 1024 * 1024


def _read_markdown_bytes(writer: TextWriter, content: bytes) -> None:
    read_markdown(writer, decoded(writer, content))


# The libraries behind these three take long to import, and most programs read no document at all.
def _read_html(writer: TextWriter, content: bytes) -> None:
    from shared.knowledge.formats.html import read_html

    read_html(writer, content)


def _read_pdf(writer: TextWriter, content: bytes) -> None:
    from shared.knowledge.formats.pdf import read_pdf

    read_pdf(writer, content)


def _read_docx(writer: TextWriter, content: bytes) -> None:
    from shared.knowledge.formats.docx import read_docx

    read_docx(writer, content)


_READERS: dict[str, Reader] = {
    "txt": read_plain,
    "text": read_plain,
    "md": _read_markdown_bytes,
    "markdown": _read_markdown_bytes,
    "html": _read_html,
    "htm": _read_html,
    "xhtml": _read_html,
    "pdf": _read_pdf,
    "docx": _read_docx,
}
_MEDIA_TYPES = {
    "text/plain": "txt",
    "text/markdown": "md",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
KINDS = tuple(_READERS)
"""Endings of file names that we read, without the dot."""


def media_type_of(name: str) -> str:
    """Return the media type that a file name's ending says, `application/octet-stream` for one that we do not know."""
    ending = name.rpartition(".")[2].lower()
    reader = _READERS.get(ending)
    return next(
        (media_type for media_type, kind in _MEDIA_TYPES.items() if _READERS[kind] is reader),
        "application/octet-stream",
    )


def parse_document(name: str, content: bytes, media_type: str | None = None) -> ParsedDocument:
    """Read the text of a document, with its headings, tables and pages.

    Args:
        name: the file's name; its ending says the kind, and it stands in the sentences of errors.
        media_type: asked where the ending says nothing.
    Raises: BadDocument: it cannot be read or holds no text; the sentence says what to do.
    """
    if not content:
        raise BadDocument(f"{name} is empty: add a document that has words in it.")
    if len(content) > LARGEST_BYTES:
        raise BadDocument(f"{name} has more than {LARGEST_BYTES // _MEBIBYTE} MB, the most that is read: split it.")
    writer = TextWriter(name)
    _reader_for(name, content, media_type)(writer, content)
    return writer.finished()


def _reader_for(name: str, content: bytes, media_type: str | None) -> Reader:
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in _READERS:
        kind = _MEDIA_TYPES.get((media_type or "").partition(";")[0].strip().lower(), "")
    if not kind and content.startswith(b"%PDF-"):
        kind = "pdf"
    if not kind:
        raise BadDocument(f"{name} is of a kind that is not read: use txt, md, html, pdf or docx.")
    return _READERS[kind]
