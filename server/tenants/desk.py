"""`/sign-in/desk`: signing in by browser for the studio, with a code and its proof (PKCE) on a loopback redirect."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from server.accounts.codes import CodeWish
from server.tenants import service
from server.tenants.desk_page import DeskForm, desk_page, refusal_page
from server.tenants.gate import CurrentGate, Gate
from server.tenants.routes import address_of
from server.web.errors import status_of
from server.web.parts import CurrentParts
from shared.contract.sync import SignIn
from shared.errors import SignInFailed, SignInRequired, TooFast

router = APIRouter(prefix="/sign-in", include_in_schema=False)

_LOOPBACK = re.compile(r"http://127\.0\.0\.1:(\d{2,5})/[A-Za-z0-9/_-]{0,60}")
"""Source: RFC 8252, section 7.3: the address by number, any port, and no name that could lead elsewhere."""
_HIGHEST_PORT = 65_535
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
"""An S256 digest in base64url, which has no other length."""
_FORM_LIFETIME = timedelta(minutes=15)
_MISFIT = "E-mail and password do not fit: a password has 8 characters or more."

Asked = Annotated[str, Query(max_length=400)]


@router.get("/desk")
async def ask(
    request: Request,
    gate: CurrentGate,
    response_type: Asked = "",
    code_challenge: Asked = "",
    code_challenge_method: Asked = "",
    redirect_uri: Asked = "",
    state: Asked = "",
    login_hint: Asked = "",
) -> Response:
    """Show who asks, and ask for e-mail and password."""
    if not is_loopback(redirect_uri):
        return refusal_page("Only a program on your own computer may ask to be signed in here.")
    if response_type != "code" or code_challenge_method != "S256" or not _CHALLENGE.fullmatch(code_challenge):
        return refusal_page("The studio's request is not complete. Update the studio, then try again.")
    bound = {"redirect": redirect_uri, "challenge": code_challenge, "state": state}
    ticket, _ = gate.forms.sign(bound, _FORM_LIFETIME)
    return desk_page(DeskForm(ticket, redirect_uri, request.url.netloc, email=login_hint[:254]))


@router.post("/desk")
async def answer(request: Request, gate: CurrentGate, parts: CurrentParts) -> Response:
    """Let the studio in with a code, or turn it away; both lead back to the studio."""
    if not _is_our_own_form(request.headers, request.url.netloc):
        return refusal_page("This form was sent from another site.", 403)
    given = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    fields = {name: values[0] for name, values in given.items()}
    try:
        bound = gate.forms.read(fields.get("ticket", ""))
    except SignInRequired:
        return refusal_page("This page was open for too long. Begin again in the studio.")
    if fields.get("answer") != "allow":
        return _back(bound, error="access_denied")
    email = fields.get("email", "")
    form = DeskForm(fields["ticket"], bound["redirect"], request.url.netloc, email=email[:254])
    return await _let_in(request, gate, parts, bound, form, fields.get("password", ""))


async def _let_in(
    request: Request, gate: Gate, parts: CurrentParts, bound: dict[str, Any], form: DeskForm, password: str
) -> Response:
    try:
        wish = SignIn(email=form.email, password=password)
        await gate.throttle.count(wish.email, address_of(request))
        wanted = CodeWish(bound["challenge"], bound["redirect"])
        code = await service.code_for(parts.engines, gate, wish, wanted)
    except ValidationError:
        return desk_page(_with(form, _MISFIT), 422)
    except (SignInFailed, TooFast) as error:
        return desk_page(_with(form, error.sentence), status_of(error))
    return _back(bound, code=code)


def is_loopback(redirect_uri: str) -> bool:
    """Whether a redirect leads to this very computer of whoever asks."""
    found = _LOOPBACK.fullmatch(redirect_uri)
    return found is not None and 0 < int(found.group(1)) <= _HIGHEST_PORT


def _is_our_own_form(headers: Mapping[str, str], host: str) -> bool:
    """Whether the browser says that the form was sent from our page; very old ones say nothing at all."""
    origin = headers.get("origin")
    from_here = origin is None or urlsplit(origin).netloc == host
    return from_here and headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _with(form: DeskForm, problem: str) -> DeskForm:
    return DeskForm(form.ticket, form.redirect_uri, form.host, form.email, problem)


def _back(bound: dict[str, Any], **told: str) -> RedirectResponse:
    query = urlencode({**told, "state": bound["state"]})
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(f"{bound['redirect']}?{query}", 303, headers)
