"""Renders the public pages, under a policy that shows how strict a page may be that holds the snippet."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from server.config import Settings
from shared.demos import SLUGS, card_path
from shared.errors import NotFound

_FOLDER = Path(__file__).resolve().parent
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_CAST = {
    "pip": ("Pip", "Receptionist robot of Harbour Nine, a coworking house by the water."),
    "mira": ("Mira", "A fox who guides visitors through a small museum of natural history."),
}
_LOOPBACK = "127.0.0.1"


@dataclass
class Site:
    """The public pages of a server, made once by `app.py` as `app.state.site`.

    Attributes:
        embeds: the embed of each demo that was seeded, by slug; empty until then.
    """

    settings: Settings
    embeds: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Reads the pages' folder."""
        self._pages = Environment(
            loader=FileSystemLoader(_FOLDER / "pages"), autoescape=True, undefined=StrictUndefined
        )

    @property
    def origin(self) -> str:
        """Where the demo pages are shown. On a desk by another name than the frame's, so that it is another origin."""
        return self.settings.origin.replace(f"//{_LOOPBACK}:", "//localhost:")

    def front_page(self) -> HTMLResponse:
        """The page that lists the demos."""
        demos = [
            {"slug": slug, "name": _CAST[slug][0], "line": _CAST[slug][1], "picture": _picture(slug)}
            for slug in SLUGS
            if slug in self.embeds
        ]
        return self._page("index.html", demos=demos)

    def demo_page(self, slug: str) -> HTMLResponse:
        """The page of one demo.

        Raises: NotFound: there is no such demo, or it was not seeded.
        """
        if slug not in self.embeds:
            raise NotFound("demo")
        script = (
            f'<script async src="{self.settings.origin}/embed.js" data-embed-id="{escape(self.embeds[slug])}"></script>'
        )
        return self._page(f"{slug}.html", snippet=Markup(script))

    def picture(self, slug: str) -> Path:
        """The picture of one demo.

        Raises: NotFound: there is none.
        """
        if slug not in SLUGS or not _picture(slug):
            raise NotFound("picture")
        return card_path(slug)

    def _page(self, name: str, **values: object) -> HTMLResponse:
        content = self._pages.get_template(name).render(**values)
        return HTMLResponse(content, headers={"Content-Security-Policy": self._policy(content)})

    def _policy(self, content: str) -> str:
        origin = self.settings.origin
        style = _STYLE.search(content)
        digest = base64.b64encode(hashlib.sha256(style.group(1).encode() if style else b"").digest()).decode()
        return (
            f"default-src 'none'; script-src {origin}; style-src 'sha256-{digest}'; img-src 'self' data: {origin}; "
            f"connect-src {origin}; frame-src {origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )


def _picture(slug: str) -> str | None:
    return f"/demo/{slug}/card.webp" if card_path(slug).is_file() else None
