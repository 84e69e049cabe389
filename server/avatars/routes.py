"""`/api/blobs/*`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from server.avatars import service
from server.tenants.current import CurrentTenant, RequestSession, may
from server.web.downloads import blob_response
from server.web.parts import CurrentParts
from shared.contract.base import Sha256
from shared.contract.sync import BlobAnswer, BlobQuestion, UploadState

router = APIRouter(prefix="/api/blobs", tags=["blobs"])

Digest = Annotated[Sha256, Path(description="The blob's SHA-256, lower-case hex.")]
Total = Annotated[int, Query(ge=0, description="Size of the whole blob in bytes.")]
Offset = Annotated[int, Query(ge=0, description="Where in the blob this part begins.")]

_EDITS = [Depends(may("edit"))]
_READS = [Depends(may("read"))]


@router.post("/missing", dependencies=_EDITS)
async def missing(question: BlobQuestion, tenant: CurrentTenant, session: RequestSession) -> BlobAnswer:
    """Ask which blobs the server lacks."""
    return await service.missing(session, tenant, question.sha256)


@router.get("/{sha256}/upload", dependencies=_EDITS)
async def upload_state(sha256: Digest, total: Total, tenant: CurrentTenant, session: RequestSession) -> UploadState:
    """Ask how much of a blob has arrived."""
    return await service.upload_state(session, tenant, sha256, total)


@router.patch("/{sha256}/upload", dependencies=_EDITS)
async def receive_part(
    sha256: Digest, total: Total, offset: Offset, request: Request, tenant: CurrentTenant, parts: CurrentParts
) -> UploadState:
    """Send the next part of a blob, as raw bytes."""
    return await service.receive_part(parts, tenant, sha256, total, offset, await request.body())


@router.get("/{sha256}", response_class=Response, dependencies=_READS)
async def download(sha256: Digest, request: Request, tenant: CurrentTenant, session: RequestSession,
                   parts: CurrentParts) -> Response:  # fmt: skip
    """Fetch a blob, or a range of it."""
    size = await service.blob_size(session, tenant, sha256)
    headers = {"Content-Disposition": "attachment", "Cache-Control": "private, max-age=31536000, immutable"}
    return blob_response(parts.blobs, tenant, sha256, size, request.headers, headers=headers)
