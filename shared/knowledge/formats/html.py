"""Web pages: the article without the furniture around it, or all visible text where there is no article."""

import re
from html.parser import HTMLParser

import trafilatura

from shared.knowledge.formats.markdown import read_markdown
from shared.knowledge.formats.plain import decoded
from shared.knowledge.parsed import BlockKind, TextWriter

_DECLARED = re.compile(rb"<meta[^>]+charset=[\"']?([A-Za-z0-9_\-]+)", re.IGNORECASE)
_DECLARED_WITHIN_BYTES = 4_096
_SMALL_ARTICLE = 0.25
"""An article that is less than this share of the visible text is not believed: short pages fool the search for it."""

_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "nav", "iframe", "object", "select"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hr", "li", "main", "ol", "option", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip


def read_html(writer: TextWriter, content: bytes) -> None:
    """Add the article of a page, else everything that a reader would see."""
    page = _page_text(writer, content)
    seen = VisibleText()
    seen.feed(page)
    seen.close()
    writer.title = seen.title
    article = _article(page)
    if len(article) >= _SMALL_ARTICLE * seen.length:
        read_markdown(writer, article)
    else:
        for kind, level, text in seen.blocks:
            writer.add(text, kind, level)


def _article(page: str) -> str:
    found = trafilatura.extract(
        page, output_format="markdown", include_comments=False, include_tables=True, favor_recall=True, fast=True
    )
    return found or ""


def _page_text(writer: TextWriter, content: bytes) -> str:
    declared = _DECLARED.search(content[:_DECLARED_WITHIN_BYTES])
    encoding = declared.group(1).decode("ascii") if declared else ""
    if encoding and encoding.lower().replace("_", "-") not in {"utf-8", "utf8"}:
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass  # the page says what it is not: go by its bytes
    return decoded(writer, content)


class VisibleText(HTMLParser):
    """Gathers the title and the visible blocks of a page, headings with their level."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.blocks: list[tuple[BlockKind, int, str]] = []
        self.length = 0
        self._hidden: list[str] = []
        self._words: list[str] = []
        self._level = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a heading, a block, or something that is not shown."""
        if tag == "title" and not self.title:
            self._in_title = True
        elif tag in _UNSEEN:
            self._hidden.append(tag)
        elif tag in _HEADINGS:
            self._end_block()
            self._level = _HEADINGS[tag]
        elif tag in _BREAKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag == "title":
            self._in_title = False
        elif tag in self._hidden:
            # A tag that was never closed inside hides no more than its parent does.
            del self._hidden[self._hidden.index(tag) :]
        elif tag in _HEADINGS or tag in _BREAKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees."""
        if self._in_title:
            self.title = " ".join(f"{self.title} {data}".split())
        elif not self._hidden:
            self._words.extend(data.split())

    def close(self) -> None:
        """End the page, and with it the last block."""
        super().close()
        self._end_block()

    def _end_block(self) -> None:
        if self._words:
            text = " ".join(self._words)
            self.blocks.append(("heading" if self._level else "text", self._level, text))
            self.length += len(text)
            self._words = []
        self._level = 0
