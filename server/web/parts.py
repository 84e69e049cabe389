"""The parts that `app.py` built, as routes take them."""

from dataclasses import dataclass, field
from typing import Annotated

import procrastinate
from fastapi import Depends, Request

from server.config import Settings
from server.db.addresses import Addresses
from server.db.blobs import BlobStore, open_blob_store
from server.db.engine import Engines, open_engines
from server.db.jobs import make_queue
from server.web.metrics import Metrics


@dataclass(frozen=True)
class Parts:
    """What one server process is made of, below its features."""

    settings: Settings
    addresses: Addresses
    engines: Engines
    blobs: BlobStore
    queue: procrastinate.App
    metrics: Metrics = field(default_factory=Metrics)

    async def close(self) -> None:
        """Lets go of database and object store; call it last."""
        await self.engines.close()
        await self.blobs.close()


def open_parts(settings: Settings, addresses: Addresses) -> Parts:
    """Builds the parts; nothing is connected before it is used."""
    return Parts(
        settings=settings,
        addresses=addresses,
        engines=open_engines(addresses, settings),
        blobs=open_blob_store(settings),
        queue=make_queue(addresses, settings.job_concurrency),
    )


def parts_of(request: Request) -> Parts:
    """The parts of the app that a request came to."""
    parts: Parts = request.app.state.parts
    return parts


CurrentParts = Annotated[Parts, Depends(parts_of)]
