"""Watches over the embedded PostgreSQL: one that died under us is started again, on the port that everybody knows."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from server.db.embedded import EmbeddedPostgres
from shared.errors import Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_LOOK_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
"""Between attempts that fail: a full disk is not cured by trying harder."""


@contextmanager
def watching(postgres: EmbeddedPostgres) -> Iterator[None]:
    """Keeps it running while the context is open; close this before PostgreSQL is stopped.

    A thread and no task: migrations and the server's own start are watched over as well, and a start blocks.
    """
    stopping = threading.Event()
    watch = threading.Thread(target=_watch, args=(postgres, stopping), name="postgres-watch", daemon=True)
    watch.start()
    try:
        yield
    finally:
        stopping.set()
        # A start in progress is waited for: whoever stops PostgreSQL next must find it there to be stopped.
        watch.join()


def _watch(postgres: EmbeddedPostgres, stopping: threading.Event) -> None:
    pause = _LOOK_SECONDS
    while not stopping.wait(pause):
        # Twice: what is gone stays gone, and a single refusal may be a queue that was full.
        if not postgres.is_gone() or stopping.wait(_LOOK_SECONDS) or not postgres.is_gone():
            pause = _LOOK_SECONDS
        elif _started_again(postgres):
            log.warning("embedded_postgres_restarted", port=postgres.port)
            pause = _LOOK_SECONDS
        else:
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            log.warning("embedded_postgres_away", again_in_seconds=pause)


def _started_again(postgres: EmbeddedPostgres) -> bool:
    try:
        postgres.start_again()
    except Unavailable:
        # The dead one's children may hold its memory until their statements end; its log says if it is more.
        return False
    return True
