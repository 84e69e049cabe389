"""One request to the server and what may go wrong with it, as errors of our tree with clear sentences."""

from datetime import timedelta
from typing import TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from shared.contract.sync import Problem
from shared.errors import (
    AlreadyThere,
    BadRequest,
    Conflict,
    NotFound,
    NotReady,
    Refused,
    RevisionConflict,
    SignInFailed,
    SignInRequired,
    TooFast,
    TroupeError,
    Unavailable,
)

Model = TypeVar("Model", bound=BaseModel)
_HIGHEST_PORT = 65_535
"""Source: RFC 9293, section 3.1: 16 bits; httpx takes any number and fails when it connects."""


class Wire:
    """The connection to one server. No retries of its own: callers know what may be sent twice."""

    def __init__(self, server: str, timeout: timedelta) -> None:
        self.server = clean_address(server)
        # Environment proxies are for the web, not for a server that may stand on this very desk.
        self._client = httpx.AsyncClient(
            base_url=self.server, timeout=timeout.total_seconds(), trust_env=not _on_this_machine(self.server)
        )

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()

    async def send(
        self,
        method: str,
        path: str,
        *,
        body: BaseModel | bytes | None = None,
        token: str | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, str | int] | None = None,
    ) -> httpx.Response:
        """Send one request.

        Raises: TroupeError: the server is away, or answered with a problem.
        """
        sent = dict(headers or {})
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        content = body if isinstance(body, bytes) else body.model_dump_json().encode() if body is not None else None
        if content is not None:
            sent["Content-Type"] = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        try:
            response = await self._client.request(method, path, content=content, headers=sent, params=query)
        except httpx.TimeoutException as error:
            raise Unavailable(f"{self.server} did not answer in time. Try again, or check the server.") from error
        except httpx.HTTPError as error:
            raise Unavailable(f"Cannot reach {self.server}. Check the address, and that the server runs.") from error
        if response.is_error:
            raise error_of(response, self.server)
        return response


def clean_address(server: str) -> str:
    """A server's address as it is kept and compared: scheme, host, port.

    Raises: BadRequest: it is no web address.
    """
    text = server.strip()
    if text and "://" not in text:
        text = ("http://" if text.split(":")[0] in {"localhost", "127.0.0.1"} else "https://") + text
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise BadRequest(f"{server} is no server address. Give one like https://troupe.example.com.") from error
    if url.scheme not in {"http", "https"} or not url.host or url.query or not _is_port(url.port):
        raise BadRequest(f"{server or 'Nothing'} is no server address. Give one like https://troupe.example.com.")
    return text.rstrip("/")


def _is_port(port: int | None) -> bool:
    return port is None or 0 < port <= _HIGHEST_PORT


def _on_this_machine(server: str) -> bool:
    return httpx.URL(server).host in {"localhost", "127.0.0.1", "::1"}


def answer_of(response: httpx.Response, model: type[Model]) -> Model:
    """The answer as a contract model.

    Raises: Unavailable: the answer is not what a server of ours says.
    """
    try:
        return model.model_validate_json(response.content)
    except ValidationError as error:
        raise Unavailable(_stranger(str(response.url))) from error


def answers_of(response: httpx.Response, model: type[Model]) -> list[Model]:
    """The answer as a list of contract models.

    Raises: Unavailable: the answer is not what a server of ours says.
    """
    try:
        return TypeAdapter(list[model]).validate_json(response.content)  # type: ignore[valid-type]  # known at run time only
    except ValidationError as error:
        raise Unavailable(_stranger(str(response.url))) from error


def _stranger(address: str) -> str:
    return f"{address} does not answer like a Troupe server of this version. Check the address, or update the studio."


def error_of(response: httpx.Response, server: str) -> TroupeError:
    """The error that a response means."""
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        return _without_problem(response, server)
    fields = "; ".join(f"{field}: {sentence}" for field, sentence in problem.fields.items())
    sentence = f"{problem.detail} ({fields})" if fields else problem.detail
    return _named(problem.code, sentence, response)


def _without_problem(response: httpx.Response, server: str) -> TroupeError:
    if response.status_code == httpx.codes.UNAUTHORIZED:
        return SignInRequired()
    return Unavailable(
        f"{server} answered {response.status_code} and nothing that a Troupe server says. "
        "Check the address; if it is right, look at the server's log."
    )


def _named(code: str, sentence: str, response: httpx.Response) -> TroupeError:
    if code == RevisionConflict.code:
        return Conflict(f"{sentence} Publish again to see who comes first.")
    if code == TooFast.code:
        wait = response.headers.get("Retry-After", "")
        return TooFast(float(wait) if wait.isdecimal() else 1.0)
    plain: dict[str, type[TroupeError]] = {
        AlreadyThere.code: AlreadyThere,
        NotReady.code: NotReady,
        BadRequest.code: BadRequest,
    }
    bare: dict[str, type[SignInRequired | SignInFailed]] = {
        SignInRequired.code: SignInRequired,
        SignInFailed.code: SignInFailed,
    }
    if code in bare:
        return bare[code]()
    if code == NotFound.code:
        return _not_found(sentence)
    if code in plain:
        return plain[code](sentence)
    return _by_status(sentence, response.status_code)


def _not_found(sentence: str) -> NotFound:
    error = NotFound("thing")
    error.sentence = sentence
    error.args = (sentence,)
    return error


def _by_status(sentence: str, status: int) -> TroupeError:
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Unavailable(sentence)
    if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN, httpx.codes.TOO_MANY_REQUESTS}:
        return Refused(sentence)
    if status == httpx.codes.CONFLICT:
        return Conflict(sentence)
    return BadRequest(sentence)
