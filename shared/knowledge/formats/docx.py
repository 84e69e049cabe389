"""Word documents: headings by their styles, lists, and tables row by row."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from shared.errors import BadDocument
from shared.knowledge.parsed import TextWriter

_OLD_WORD = b"\xd0\xcf\x11\xe0"
"""The container of .doc, and of every Office file with a password."""
_LARGEST_UNPACKED_BYTES = 256 * 1024 * 1024
_HEADING_STYLE = re.compile(r"^Heading ([1-9])$")


def read_docx(writer: TextWriter, content: bytes) -> None:
    """Add headings, paragraphs and tables in their order.

    Raises: BadDocument: it has a password, is a .doc, is damaged or unpacks to something huge.
    """
    document = _opened(writer.name, content)
    writer.title = (document.core_properties.title or "").strip()
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            writer.add("\n".join(_rows(part)), "table")
        else:
            _add_paragraph(writer, part)


def _opened(name: str, content: bytes) -> Document:
    if content.startswith(_OLD_WORD):
        raise BadDocument(f"{name} has a password or is an old .doc: save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked <= _LARGEST_UNPACKED_BYTES:
            return docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, SyntaxError) as error:
        # SyntaxError: the base of lxml's errors about XML that is not well-formed.
        raise BadDocument(f"{name} is damaged or no Word document: open it in Word and save it again.") from error
    raise BadDocument(f"{name} unpacks to {unpacked:,} bytes: take its pictures out, or split it.")


def _add_paragraph(writer: TextWriter, paragraph: Paragraph) -> None:
    style = (paragraph.style.name if paragraph.style else "") or ""
    heading = _HEADING_STYLE.match(style)
    if style == "Title":
        writer.add(paragraph.text, "heading", 1)
    elif heading:
        writer.add(paragraph.text, "heading", min(int(heading.group(1)), 6))
    elif style.startswith("List") and paragraph.text.strip():
        writer.add(f"- {paragraph.text.strip()}")
    else:
        writer.add(paragraph.text)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            # A merged cell comes once for every column that it spans.
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(" ".join(cell.text.split()))
        yield " | ".join(cells)
