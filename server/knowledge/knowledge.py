"""The knowledge of a server process, made once by `app.py` as `app.state.knowledge`: the way in, and the way to ask."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from server.db.base import TenantId
from server.knowledge.embedding import Embedding
from server.knowledge.ingest import Ingest
from server.knowledge.search import PostgresLibrary
from server.web.parts import Parts
from shared.knowledge.library import Library


class Knowledge:
    """Owns the embedding model; teaches the job queue to take documents in."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.embedding = Embedding(parts.settings.models_folder)
        self.ingest = Ingest(parts, self.embedding)
        self.ingest.add_tasks(parts.queue)

    def library(self, tenant: TenantId, documents: Sequence[UUID]) -> Library:
        """The library of these documents."""
        return PostgresLibrary(self._parts.engines.app, self.embedding, tenant, documents)

    def library_of_release(self, tenant: TenantId, documents: Sequence[Mapping[str, str]]) -> Library:
        """The library of a release's documents, as `Release.documents` names them; those of the web with addresses."""
        addresses = {one["id"]: one["address"] for one in documents if one.get("address")}
        engine = self._parts.engines.app
        return PostgresLibrary(engine, self.embedding, tenant, [UUID(one["id"]) for one in documents], addresses)

    def close(self) -> None:
        """Lets the embedding's threads go."""
        self.embedding.close()


def knowledge_of(request: Request) -> Knowledge:
    """The knowledge of the app that a request came to."""
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


CurrentKnowledge = Annotated[Knowledge, Depends(knowledge_of)]
