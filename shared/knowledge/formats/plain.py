"""Plain text: what its bytes mean, and where its paragraphs end."""

import codecs
import re

from shared.errors import BadDocument
from shared.knowledge.parsed import TextWriter

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")


def read_plain(writer: TextWriter, content: bytes) -> None:
    """Add the paragraphs of a text file, which are parted by blank lines."""
    for paragraph in _PARAGRAPH_END.split(decoded(writer, content)):
        writer.add(paragraph)


def decoded(writer: TextWriter, content: bytes) -> str:
    """Return the text behind the bytes: by its byte order mark, as UTF-8, or as the old Windows encoding.

    What had to be guessed or replaced is said in the writer's notes.
    Raises: BadDocument: the bytes are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _clean(_replacing(writer, content[len(mark) :], encoding))
    if b"\0" in content:
        raise BadDocument(f"{writer.name} is not a text file: save it as UTF-8 text, or as PDF, and add that.")
    try:
        return _clean(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(_guessed(writer, content))


def _guessed(writer: TextWriter, content: bytes) -> str:
    """UTF-8 with some damage still has most of its long sequences whole; an older encoding has hardly any."""
    as_utf8 = content.decode("utf-8", "replace")
    damaged = as_utf8.count(_REPLACED)
    whole = sum(1 for character in as_utf8 if character > "\x7f") - damaged
    if whole >= damaged:
        return _replacing(writer, content, "utf-8")
    writer.notes.append("The text is not UTF-8: it was read as Windows-1252. Save it as UTF-8 if letters look wrong.")
    return content.decode("cp1252", "replace")


def _replacing(writer: TextWriter, content: bytes, encoding: str) -> str:
    text = content.decode(encoding, "replace")
    damaged = text.count(_REPLACED)
    if damaged:
        writer.notes.append(
            f"{damaged} damaged characters were replaced by {_REPLACED}: save the file as UTF-8 to mend it."
        )
    return text


def _clean(text: str) -> str:
    """One kind of line end, and no characters that nobody can see (PostgreSQL takes no NUL either)."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
