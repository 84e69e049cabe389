"""Prometheus figures of one process, on a registry of its own, and the page that shows them."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """The figures that every feature may add to."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "troupe_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.request_seconds = Histogram(
            "troupe_request_seconds", "Time to answer.", ("route",), buckets=_REQUEST_SECONDS, registry=self.registry
        )
        self.requests_open = Gauge("troupe_requests_open", "Requests being answered.", registry=self.registry)

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self.registry)


def metrics_router(metrics: Metrics) -> APIRouter:
    """`GET /metrics`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    async def show_metrics() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return router
