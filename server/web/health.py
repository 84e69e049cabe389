"""`/healthz`: the process lives. `/readyz`: it can work, which needs the database and the object store."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from server.web.errors import problem_response
from shared.contract.sync import Problem
from shared.errors import TroupeError, Unavailable

_PROBE_SECONDS = 3

Probe = Callable[[], Awaitable[object]]


def health_router(probes: Mapping[str, Probe]) -> APIRouter:
    """Both addresses. A probe returns when its part is there, and raises one of our errors when it is away."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Whether the process lives")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="Whether everything that it needs is there")
    async def readyz() -> JSONResponse:
        faults = {name: fault for name, probe in probes.items() if (fault := await _fault_of(probe))}
        if not faults:
            return JSONResponse({"status": "ready"})
        detail = " ".join(faults.values())
        return problem_response(
            Problem(code=Unavailable.code, title="Service unavailable", detail=detail, status=503, fields=faults)
        )

    return router


async def _fault_of(probe: Probe) -> str:
    try:
        async with asyncio.timeout(_PROBE_SECONDS):
            await probe()
    except TroupeError as error:
        return error.sentence
    except TimeoutError:
        return "It does not answer in time."
    return ""
