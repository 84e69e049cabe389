"""Sends a blob over HTTP: whole, one range of it, or not at all when the client has it already."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from server.db.base import TenantId
from server.db.blobs import BlobStore

_ONE_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


def blob_response(
    blobs: BlobStore,
    tenant: TenantId,
    sha256: str,
    size: int,
    asked: Headers,
    *,
    media_type: str = "application/octet-stream",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a request for a blob that is there; its digest is its ETag.

    Args:
        size: of the blob, bytes.
        asked: the request's headers; `Range` (one range) and `If-None-Match` are honoured.
        headers: more headers of the answer, such as `Cache-Control`.
    """
    given = {"ETag": f'"{sha256}"', "Accept-Ranges": "bytes", **(headers or {})}
    if f'"{sha256}"' in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=given)
    span = _span_of(asked, sha256, size)
    if span is None:
        given["Content-Length"] = str(size)
        return StreamingResponse(blobs.stream(tenant, sha256), 200, given, media_type)
    start, end = span
    if start >= end:
        return Response(status_code=416, headers={**given, "Content-Range": f"bytes */{size}"})
    given |= {"Content-Length": str(end - start), "Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return StreamingResponse(blobs.stream(tenant, sha256, start, end), 206, given, media_type)


def _span_of(asked: Headers, sha256: str, size: int) -> tuple[int, int] | None:
    """Start and end, not including the end, of the range asked for; None asks for all. An empty span has no bytes.

    Source: RFC 9110, section 14.2: a range that is not understood, or for another version, is ignored.
    """
    found = _ONE_RANGE.match(asked.get("range", ""))
    if found is None or asked.get("if-range", f'"{sha256}"') != f'"{sha256}"':
        return None
    first, last = found.groups()
    if first:
        return int(first), min(int(last) + 1, size) if last else size
    return (max(0, size - int(last)), size) if last else None
