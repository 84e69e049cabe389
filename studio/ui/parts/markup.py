"""The little Markdown that answers are written in, as Qt's rich text. Everything else stays the text that it is."""

import html
import re

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_ITEM = re.compile(r"^(\s*)(?:[-*+•]|(\d{1,3})[.)])\s+(.*)$")
_ITEM_ROW = '<tr><td align="right">{mark}&nbsp;&nbsp;</td><td>{words}</td></tr>'


def rich_text(text: str) -> str:
    """Bold, slanted and monospaced words, headings and lists; a link is its words, for a rehearsal leads nowhere.

    Returns: HTML for a label; what an author or a model wrote as HTML is escaped, and shows as written.
    """
    blocks: list[str] = []
    items: list[str] = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item is not None:
            mark = f"{item[2]}." if item[2] else "•"
            items.append(_ITEM_ROW.format(mark=mark, words=_inline(item[3])))
            continue
        if items and not line.strip():
            continue
        blocks += _table(items)
        items = []
        heading = _HEADING.match(line)
        blocks.append(
            f"<div><b>{_inline(heading[1])}</b></div>" if heading else f"<div>{_inline(line) or '&nbsp;'}</div>"
        )
    return "".join(blocks + _table(items))


def bare_text(text: str) -> str:
    """The words alone, for measuring how wide they are."""
    lines = [_HEADING.sub(r"\1", _ITEM.sub(r"   • \3", line)) for line in text.split("\n")]
    bare = _LINK.sub(r"\1", "\n".join(lines))
    return _CODE.sub(r"\1", _SLANTED.sub(r"\1", _BOLD.sub(_inner, bare)))


def _table(items: list[str]) -> list[str]:
    return [f'<table cellspacing="0" cellpadding="1">{"".join(items)}</table>'] if items else []


def _inline(line: str) -> str:
    escaped = html.escape(_LINK.sub(r"\1", line), quote=False)
    escaped = _BOLD.sub(lambda found: f"<b>{_inner(found)}</b>", escaped)
    escaped = _SLANTED.sub(r"<i>\1</i>", escaped)
    return _CODE.sub(r"<code>\1</code>", escaped)


def _inner(found: re.Match[str]) -> str:
    return found[1] or found[2]
