"""The HTTP edge that features share: problems, request ids, logs, metrics, health, headers and limits.

Conventions for features:

- `routes.py` holds `router = APIRouter(prefix="/api/...", tags=["..."])` and translates, nothing else; it takes what it
  needs from `server.web.parts` (`CurrentParts`) and `server.tenants.current` (`CurrentTenant`, `RequestSession`,
  `may("publish")`). Bodies and answers are the contract's models, or others that are `Frozen`.
- Services raise errors of `shared.errors`; only `errors.py` here knows HTTP status. Every error leaves as a `Problem`,
  `application/problem+json`, with the stable code. Sockets use `errors.problem_of(error)`.
- Logs are events: `log = structlog.get_logger()`, `log.info("release_published", number=3)`. The request id is bound
  already; bind `tenant_id` and `turn_id` once with `structlog.contextvars.bind_contextvars`.
- Counters and histograms are made on `metrics.Metrics`' registry, which `parts.metrics` holds.
- A stored file is sent by `downloads.blob_response`: ranges, ETag and 304 are there.
- Every response is closed by default: `Content-Security-Policy: default-src 'none'`, no framing, no sniffing. A route
  that serves a page sets its own `Content-Security-Policy`, which is then left alone.
"""
