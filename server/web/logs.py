"""Sets up logging: events with fields, as one JSON line or coloured for a terminal, on standard error."""

import logging
import sys

import structlog

from server.config import Settings


def set_up_logs(settings: Settings) -> None:
    """Our events and those of libraries leave through one formatter."""
    shared_steps: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared_steps,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    destination = logging.StreamHandler(sys.stderr)
    destination.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_last_steps(settings)],
            foreign_pre_chain=shared_steps,
        )
    )
    root = logging.getLogger()
    root.handlers = [destination]
    root.setLevel(settings.log_level.upper())
    _quieten_libraries()


def _last_steps(settings: Settings) -> list[structlog.typing.Processor]:
    # Traces without the values of variables, which both renderers would show: tokens, passwords and visitors' words.
    if settings.log_format == "json":
        bare = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [structlog.processors.ExceptionRenderer(bare), structlog.processors.JSONRenderer()]
    colours = sys.stderr.isatty()
    return [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)]


def _quieten_libraries() -> None:
    """Libraries tell of every job and every connection: theirs count from warnings on."""
    for name in ("procrastinate", "uvicorn", "alembic", "engineio", "socketio", "httpx", "asyncio", "pypdf"):
        logging.getLogger(name).setLevel(logging.WARNING)
