"""The page in the iframe, under a policy that lets only its own site show it and only our own scripts run."""

import json
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from server.embeds.service import Shown, public_release
from server.embeds.sites import site_of
from server.embeds.statics import WidgetFiles
from server.embeds.tokens import BootClaims, VisitorTokens

_REFUSED_STATUS = 403
_POLICY = "; ".join([
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",  # the decoder of compressed avatars is WebAssembly
    "style-src 'self'",
    "connect-src 'self' {sockets} blob: data:",  # an avatar's textures are fetched from inside of its file
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors {site}",
])  # fmt: skip


class FramePages:
    """Renders the frame's page; made once by `app.py`."""

    def __init__(self, widget: WidgetFiles, tokens: VisitorTokens) -> None:
        self._widget = widget
        self._tokens = tokens
        self._pages = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
        )

    def frame(self, shown: Shown, site: str, host: str) -> HTMLResponse:
        """The page that one site may hold.

        Args:
            site: an origin that the embed allows.
            host: host and port of this server as the browser sees it: old browsers do not take it for their own
                address when a socket is opened.
        Raises: Unavailable: the widget is not built.
        """
        holder = site_of(site)
        assert holder is not None
        boot = {
            "embed_id": shown.embed.id,
            "release_url": f"/embed/{shown.embed.id}/release/{shown.release.id}.json",
            "release": public_release(shown).model_dump(mode="json"),
            "boot_token": self._tokens.sign_boot(BootClaims(shown.tenant, shown.embed.id, holder)),
            "site": holder,
            "locale": shown.draft.locale,
        }
        script = self._widget.frame_script
        page = self._pages.get_template("frame.html").render(
            name=shown.draft.name,
            locale=shown.draft.locale,
            boot=_as_script(boot),
            script=script,
        )
        headers = {
            "Content-Security-Policy": _POLICY.format(site=holder, sockets=f"ws://{host} wss://{host}"),
            "Cache-Control": "no-store",
            # The browser asks for the script when it has the headers, before it has read the page.
            "Link": f"<{script}>; rel=modulepreload",
        }
        return HTMLResponse(page, headers=headers)

    def refused(self, sentence: str) -> HTMLResponse:
        """The page that says why there is nothing to see; nobody may hold it."""
        page = self._pages.get_template("refused.html").render(sentence=sentence)
        return HTMLResponse(page, _REFUSED_STATUS, headers={"Cache-Control": "no-store"})


def _as_script(value: object) -> Markup:
    """JSON inside of a script element: nothing in it may end the element or begin a comment."""
    text = json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)
