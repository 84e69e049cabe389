"""The one place where our errors become HTTP: status, `application/problem+json`, and the catch-all edge."""

import http

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from shared import errors
from shared.contract.sync import Problem

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_STATUS: dict[type[errors.TroupeError], int] = {
    errors.TooLarge: 413,
    errors.RevisionRequired: 428,
    errors.BadInput: 400,
    errors.NotFound: 404,
    errors.SignInRequired: 401,
    errors.SignInFailed: 401,
    errors.RefreshReused: 401,
    errors.QuotaSpent: 402,
    errors.TooFast: 429,
    errors.Refused: 403,
    errors.RevisionConflict: 412,
    errors.Conflict: 409,
    errors.ModelFailed: 502,
    errors.Unavailable: 503,
    errors.TroupeError: 500,
}
"""The nearest class above an error's own decides."""
_CODES = {400: "bad_request", 404: "not_found", 405: "bad_request", 413: "too_large"}
_RETRY_SECONDS = 2
"""What a client waits for a part of the service that is away."""


def status_of(error: errors.TroupeError) -> int:
    """The HTTP status of one of our errors."""
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def problem_of(error: errors.TroupeError) -> Problem:
    """One of our errors as it goes over a wire, HTTP or socket."""
    status = status_of(error)
    return Problem(code=error.code, title=_title(status), detail=error.sentence, status=status)


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem as `application/problem+json`."""
    return JSONResponse(
        problem.model_dump(mode="json"), problem.status, headers=headers, media_type="application/problem+json"
    )


def add_error_answers(app: FastAPI) -> None:
    """Makes every error of the app leave as a problem."""
    app.add_exception_handler(errors.TroupeError, _answer_ours)
    app.add_exception_handler(RequestValidationError, _answer_misfit)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(ClientDisconnect, _answer_nobody)
    app.add_exception_handler(Exception, _answer_unexpected)


async def _answer_ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.TroupeError)
    problem = problem_of(error)
    if problem.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("request_failed", code=error.code, path=request.url.path)
    return problem_response(problem, _headers_of(error))


def _headers_of(error: errors.TroupeError) -> dict[str, str]:
    if isinstance(error, errors.TooFast):
        return {"Retry-After": f"{max(1, round(error.retry_after_seconds))}"}
    if isinstance(error, errors.Unavailable):
        return {"Retry-After": str(_RETRY_SECONDS)}
    if isinstance(error, errors.SignInRequired):
        return {"WWW-Authenticate": "Bearer"}
    return {}


async def _answer_misfit(request: Request, error: Exception) -> JSONResponse:
    """A body or parameter that does not fit: says which field and why, and repeats nothing that was sent."""
    assert isinstance(error, RequestValidationError)
    torn = next((fault for fault in error.errors() if fault["type"] == "json_invalid"), None)
    if torn:
        return problem_response(problem_of(errors.BadRequest(_no_json(str(error.body), int(torn["loc"][-1])))))
    fields = {".".join(str(part) for part in fault["loc"][1:]): str(fault["msg"]) for fault in error.errors()}
    named = ", ".join(name for name in fields if name) or "its body"
    detail = f"The request does not fit: look at {named}."
    return problem_response(
        Problem(code="bad_request", title="Unprocessable content", detail=detail, status=422, fields=fields)
    )


def _no_json(text: str, position: int) -> str:
    """Where a body stops being JSON: lines and columns count from 1, as editors count."""
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return f"The request body is no valid JSON (line {line}, column {column})."


async def _answer_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = _title(error.status_code)
    detail = "There is nothing at this address." if error.status_code == 404 else f"{error.detail}."
    code = _CODES.get(error.status_code, "error")
    problem = Problem(code=code, title=title, detail=detail, status=error.status_code)
    return problem_response(problem, dict(error.headers or {}))


async def _answer_nobody(request: Request, error: Exception) -> JSONResponse:
    """A client that went away in mid-request is no fault of ours: the answer is for the log alone."""
    detail = "The request ended before its end: send it again."
    return problem_response(Problem(code="bad_request", title=_title(400), detail=detail, status=400))


async def _answer_unexpected(request: Request, error: Exception) -> JSONResponse:
    """The HTTP edge: what nobody foresaw is logged with its trace and told without it."""
    log.error("request_crashed", path=request.url.path, exc_info=error)
    detail = "Something went wrong on our side. It has been noted; try again."
    return problem_response(Problem(code="error", title=_title(500), detail=detail, status=500))


def _title(status: int) -> str:
    return http.HTTPStatus(status).phrase.capitalize()
