"""The page on which somebody lets the studio on their desk in: rendered here, without scripts, closed to all else."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_STYLE = (_TEMPLATES / "desk.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = "; ".join([
    "default-src 'none'",
    f"style-src 'sha256-{_STYLE_HASH}'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'self'{redirect}",  # browsers hold a form to it along its redirects too
    "frame-ancestors 'none'",
])  # fmt: skip
_PAGE = Environment(
    loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
).get_template("desk.html")


@dataclass(frozen=True)
class DeskForm:
    """What the page shows, and what it sends back."""

    ticket: str
    """Signed: what the code will be bound to, so that the form cannot be changed on its way."""
    redirect_uri: str
    host: str
    """Of this server, as the browser sees it."""
    email: str = ""
    problem: str = ""

    @property
    def port(self) -> int | None:
        """Where on this computer the studio waits."""
        return urlsplit(self.redirect_uri).port


def desk_page(form: DeskForm, status: int = 200) -> HTMLResponse:
    """The page that asks, and says who asks."""
    place = urlsplit(form.redirect_uri)
    return _answer(status, f" {place.scheme}://{place.netloc}", form=form, refusal="")


def refusal_page(sentence: str, status: int = 400) -> HTMLResponse:
    """The page that says why nothing can be asked. Nobody is sent anywhere: the request's redirect is not trusted."""
    return _answer(status, "", form=None, refusal=sentence)


def _answer(status: int, redirect: str, **shown: object) -> HTMLResponse:
    headers = {
        "Content-Security-Policy": _POLICY.format(redirect=redirect),
        "Cache-Control": "no-store",
        # With less the browser would not say where the form came from.
        "Referrer-Policy": "same-origin",
    }
    return HTMLResponse(_PAGE.render(style=Markup(_STYLE), **shown), status, headers)
