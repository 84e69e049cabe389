"""Every error leaves as a problem, with a stable code, and with nothing that should stay inside."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect

from server.web.edge import BodyLimit, RequestEdge
from server.web.errors import add_error_answers, problem_of, status_of
from server.web.metrics import Metrics
from shared import errors
from shared.contract.sync import Problem


def kinds(kind: type[errors.TroupeError]) -> Iterator[type[errors.TroupeError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def small(metrics: Metrics) -> AsyncIterator[httpx.AsyncClient]:
    """An app of a few routes behind the real edge."""
    app = FastAPI()

    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError("the password is swordfish")

    @app.get("/gone")
    async def gone() -> None:
        raise ClientDisconnect

    @app.get("/raise/{code}")
    async def raise_one(code: str) -> None:
        raise next(made for kind in kinds(errors.TroupeError) if (made := made_of(kind)).code == code)

    @app.post("/echo")
    async def echo(words: list[str]) -> list[str]:
        return words

    add_error_answers(app)
    app.add_middleware(BodyLimit, limit_bytes=1_000)
    app.add_middleware(RequestEdge, metrics=metrics)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://small") as client:
        yield client


def made_of(kind: type[errors.TroupeError]) -> errors.TroupeError:
    """An error of each kind, without knowing its fields."""
    made = kind.__new__(kind)
    errors.TroupeError.__init__(made, "It happened.")
    if isinstance(made, errors.TooFast):
        made.retry_after_seconds = 7.2
    return made


@pytest.mark.parametrize("kind", list(kinds(errors.TroupeError)), ids=lambda kind: kind.__name__)
async def test_every_error_has_a_status_and_keeps_its_code(
    small: httpx.AsyncClient, kind: type[errors.TroupeError]
) -> None:
    answer = await small.get(f"/raise/{kind.code}")
    problem = Problem.model_validate(answer.json())

    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem.code, problem.detail) == (problem.status, kind.code, "It happened.")
    assert 400 <= answer.status_code < 600


@pytest.mark.parametrize(
    ("kind", "status"),
    [(errors.SignInRequired, 401), (errors.SiteRefused, 403), (errors.NotFound, 404), (errors.NotReady, 409),
     (errors.RevisionConflict, 412), (errors.RevisionRequired, 428), (errors.TooFast, 429), (errors.BadGlb, 400),
     (errors.Unavailable, 503)],
)  # fmt: skip
def test_statuses_are_those_of_http(kind: type[errors.TroupeError], status: int) -> None:
    assert (status_of(made_of(kind)), problem_of(made_of(kind)).status) == (status, status)


async def test_waiting_is_told_in_the_header(small: httpx.AsyncClient) -> None:
    assert (await small.get("/raise/too_fast")).headers["retry-after"] == "7"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_crash_tells_nothing_of_the_inside(
    small: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await small.get("/crash")

    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert "swordfish" not in answer.text
    assert "request_crashed" in capsys.readouterr().out


async def test_a_client_that_goes_away_is_no_crash(
    small: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await small.get("/gone")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert "request_crashed" not in capsys.readouterr().out


async def test_an_unknown_address_and_method_are_problems_too(small: httpx.AsyncClient) -> None:
    missing, wrong = await small.get("/nowhere"), await small.put("/echo")

    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "bad_request")


async def test_a_misfit_names_fields_and_repeats_nothing(small: httpx.AsyncClient) -> None:
    answer = await small.post("/echo", json=["a", {"secret": "swordfish"}])

    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["1"])
    assert "swordfish" not in answer.text


@pytest.mark.parametrize(
    ("body", "place"),
    [(b'["a", ', "line 1, column 7"), (b'[\n  "a",\n  swordfish\n]', "line 3, column 3"), (b"{", "line 1, column 2")],
)
async def test_a_body_that_is_no_json_is_told_where_it_breaks(
    small: httpx.AsyncClient, body: bytes, place: str
) -> None:
    answer = await small.post("/echo", content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["code"], answer.json()["fields"]) == (400, "bad_request", {})
    assert answer.json()["detail"] == f"The request body is no valid JSON ({place})."


async def test_a_body_that_is_no_text_is_a_bad_request(small: httpx.AsyncClient) -> None:
    answer = await small.post("/echo", content=b'["\xff\xfe"]', headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_a_body_without_a_length_is_limited_too(small: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield bytes(1_000)

    answer = await small.post("/echo", content=endless())

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_request_keeps_its_id_if_it_is_one(small: httpx.AsyncClient) -> None:
    kept = await small.get("/nowhere", headers={"X-Request-ID": "abc-1"})
    replaced = await small.get("/nowhere", headers={"X-Request-ID": "a b\tc"})

    assert kept.headers["x-request-id"] == "abc-1"
    assert replaced.headers["x-request-id"].isalnum()


async def test_figures_count_routes_and_not_paths(small: httpx.AsyncClient, metrics: Metrics) -> None:
    for path in ("/raise/not_found", "/raise/too_fast", "/raise/not_found"):
        await small.get(path)

    counted = metrics.registry.get_sample_value(
        "troupe_requests_total", {"method": "GET", "route": "/raise/{code}", "status": "404"}
    )
    assert counted == 2
