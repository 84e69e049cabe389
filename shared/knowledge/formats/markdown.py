"""Markdown: headings, paragraphs, lists, tables and code, with the marks of emphasis and links taken away.

Source: CommonMark 0.31, chapters 4 and 6, as far as they matter for text to be found and read.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from shared.knowledge.parsed import BlockKind, TextWriter

_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = (
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"</?[A-Za-z][^>\n]*>"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
)


def read_markdown(writer: TextWriter, text: str) -> None:
    """Add the blocks of a Markdown text whose line ends are line feeds."""
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        title = _FRONT_TITLE.search(front.group(1))
        writer.title = title.group(1) if title else writer.title
    for kind, level, block in _blocks(_COMMENT.sub("", text)):
        writer.add(block, kind, level)


def _blocks(text: str) -> Iterator[tuple[BlockKind, int, str]]:
    for fenced, lines in groupby(_with_fences(text.split("\n")), key=lambda entry: entry[0]):
        if fenced:
            yield "text", 0, "\n".join(line for _, line in lines)
        else:
            yield from _prose([line for _, line in lines])


def _with_fences(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Give each line the number of the fenced code that it stands in, 0 outside; the fences themselves go."""
    fence, number = "", 0
    for line in lines:
        mark = _FENCE.match(line)
        if not fence and mark:
            fence, number = mark.group(1), number + 1
        elif fence and mark and mark.group(1).startswith(fence) and line.strip() == mark.group(1):
            fence = ""
        else:
            yield (number if fence else 0), line


def _prose(lines: list[str]) -> Iterator[tuple[BlockKind, int, str]]:
    gathered: list[str] = []
    for line in [*lines, ""]:
        heading = _ATX.match(line)
        underline = _SETEXT.match(line) if len(gathered) == 1 and not _is_table(gathered) else None
        if underline:
            yield "heading", 1 if "=" in line else 2, _plain(gathered.pop())
        elif heading or not line.strip():
            yield from _paragraph(gathered)
            gathered = []
            if heading:
                yield "heading", len(heading.group(1)), _plain(heading.group(2) or "")
        else:
            gathered.append(line)


def _paragraph(lines: list[str]) -> Iterator[tuple[BlockKind, int, str]]:
    if _is_table(lines):
        rows = [line for line in lines if not _TABLE_RULE.match(line)]
        cells = [[_plain(cell.strip()) for cell in row.strip().strip("|").split("|")] for row in rows]
        yield "table", 0, "\n".join(" | ".join(row) for row in cells)
    elif lines:
        yield "text", 0, "\n".join(_plain(line.lstrip("> ") if line.startswith(">") else line) for line in lines)


def _is_table(lines: list[str]) -> bool:
    return len(lines) > 1 and "|" in lines[0] and bool(_TABLE_RULE.match(lines[1]))


def _plain(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text.rstrip()
