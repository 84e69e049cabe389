"""What the widget reads, made from a draft: the loader's configuration, the release, the pages around them."""

import json
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from shared.contract.chatbot import ChatbotDraft
from shared.contract.embed import LoaderConfig, PublicRelease
from shared.contract.placement import Placement

RELEASE = UUID(int=0)
"""There is none yet: what is shown is the draft."""
POSTER = "poster.webp"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}: preview</title><link rel="icon" href="data:,"><style>
:root {{ color-scheme: light }}
body {{ margin: 0; font: 17px/1.65 Georgia, "Times New Roman", serif; color: #2b2d33; background: #fbfaf7 }}
header {{ padding: 18px 6vw; font: 600 15px/1 system-ui, sans-serif; letter-spacing: .02em;
  border-bottom: 1px solid #e6e3da; display: flex; justify-content: space-between; color: #6b6a64 }}
main {{ max-width: 40rem; padding: 7vh 6vw 20vh }} h1 {{ font-size: 2.3rem; line-height: 1.15; margin: 0 0 1rem }}
.picture {{ height: 220px; margin: 2rem 0; border-radius: 6px; background: linear-gradient(120deg, #dfe5e3, #efe6d8) }}
</style></head>
<body><header><span>Somebody's website</span><span>Preview on this desk</span></header>
<main><h1>A page of your website</h1><p>Only the widget is real here. Its words, colours and place are those on your
desk, and it answers as in the rehearsal.</p>{inline}<div class="picture"></div>
<p>Change something in the studio, and this page follows.</p><div class="picture"></div></main>
<script>new EventSource("changes").onmessage = () => location.reload()</script>{floating}</body></html>
"""
_FRAME = """<!doctype html>
<html lang="{locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{name}</title><script type="module" src="{script}"></script>
<script type="application/json" id="troupe-boot">{boot}</script></head><body></body></html>
"""


@dataclass(frozen=True)
class Places:
    """Where the preview stands: the page on one origin, all of ours on another, as on a real website."""

    site: str
    """Origin of the page, such as `http://localhost:40123`."""
    server: str
    """Origin of everything that a Troupe server would serve."""
    secret: str
    """First part of every path: nobody else on this machine can guess it."""

    @property
    def root(self) -> str:
        """Where the server's paths begin."""
        return f"/{self.secret}"

    @property
    def page(self) -> str:
        """The page's whole address."""
        return f"{self.site}/{self.secret}/"


def loader_config(draft: ChatbotDraft, places: Places, embed: str, *, poster: bool) -> dict[str, Any]:
    """Look and place of the draft; its rules are left to the simulator, or there might be nothing to see."""
    kept = draft.placement
    placement = Placement(
        mode=kept.mode, side=kept.side, offset_x=kept.offset_x, offset_y=kept.offset_y, locale=kept.locale,
        open_by_itself=embed == "open",
    )  # fmt: skip
    return LoaderConfig(
        embed_id=embed, release_id=RELEASE, name=draft.name, locale=draft.locale, look=draft.look, placement=placement,
        poster_url=f"{places.root}/media/{POSTER}" if poster else None, frame_url=f"{places.root}/embed/{embed}/frame",
    ).model_dump(mode="json")  # fmt: skip


def public_release(draft: ChatbotDraft, places: Places, *, poster: bool) -> dict[str, Any]:
    """What the frame shows."""
    avatar = draft.avatar
    return PublicRelease(
        release_id=RELEASE,
        name=draft.name,
        locale=draft.locale,
        widget_locale=draft.placement.locale,
        look=draft.look,
        acting=draft.acting,
        greeting=draft.personality.greeting,
        suggestions=draft.personality.suggestions,
        avatar_url=f"{places.root}/media/{avatar.glb.sha256}.glb" if avatar else None,
        avatar_bytes=avatar.glb.bytes if avatar else 0,
        poster_url=f"{places.root}/media/{POSTER}" if poster else None,
        credit=avatar.credit if avatar else "",
    ).model_dump(mode="json")


def website(draft: ChatbotDraft, places: Places, embed: str) -> bytes:
    """A page of somebody's website that holds the snippet: at its end, or inside of its text."""
    snippet = f'<script async src="{places.server}{places.root}/embed.js" data-embed-id="{embed}"></script>'
    inline = draft.placement.mode == "inline"
    return _PAGE.format(
        name=escape(draft.name), inline=snippet if inline else "", floating="" if inline else snippet
    ).encode()


def frame(release: dict[str, Any], places: Places, embed: str, script: str) -> bytes:
    """The page in the iframe.

    Args:
        release: what `public_release` made.
        script: path of its module under the widget's folder.
    """
    boot = {
        "embed_id": embed,
        "release_url": f"{places.root}/release.json",
        "release": release,
        "boot_token": places.secret,
        "site": places.site,
        "locale": release["locale"],
    }
    # Nothing in it may end the element or begin a comment.
    text = json.dumps(boot).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return _FRAME.format(
        locale=escape(release["locale"]),
        name=escape(release["name"]),
        script=f"{places.root}/widget/{script}",
        boot=text,
    ).encode()
