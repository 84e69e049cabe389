"""Content encodings: which of them a client takes, and compressing what is sent to it."""

import gzip
from collections.abc import Callable, Iterable, Mapping

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response

_KEPT_BROTLI, _KEPT_GZIP = 9, 9
"""For what is compressed once: brotli's levels above 9 take ten times as long for a tenth less."""
_SENT_BROTLI, _SENT_GZIP = 4, 6
"""For what is compressed while somebody waits."""
_WORTHWHILE_BYTES = 600
"""Less than this fits into one packet either way."""

Compress = Callable[[bytes], bytes]

FOR_KEEPING: Mapping[str, Compress] = {
    "br": lambda content: bytes(brotli.compress(content, quality=_KEPT_BROTLI)),
    "gzip": lambda content: gzip.compress(content, _KEPT_GZIP, mtime=0),
}
"""By the name of the encoding, the best first."""
_FOR_SENDING: Mapping[str, Compress] = {
    "br": lambda content: bytes(brotli.compress(content, quality=_SENT_BROTLI)),
    "gzip": lambda content: gzip.compress(content, _SENT_GZIP, mtime=0),
}


def best_encoding(asked: Headers, offered: Iterable[str]) -> str:
    """The first of the offered encodings that the client takes; an empty string means none.

    Source: RFC 9110, section 12.5.3. An encoding must be named to be sent: `*` alone gets the content as it is.
    """
    taken = {
        part.partition(";")[0].strip().lower()
        for part in asked.get("accept-encoding", "").split(",")
        if not _is_refused(part)
    }
    return next((encoding for encoding in offered if encoding in taken), "")


def shrink(response: Response, asked: Headers) -> Response:
    """Compresses an answer of some kilobytes, if its client takes that. Returns: the same response."""
    response.headers.add_vary_header("Accept-Encoding")
    encoding = best_encoding(asked, _FOR_SENDING)
    content = bytes(response.body)
    if encoding and len(content) >= _WORTHWHILE_BYTES:
        response.body = _FOR_SENDING[encoding](content)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.body))
    return response


def _is_refused(part: str) -> bool:
    """Whether a quality of zero stands behind an encoding's name."""
    quality = part.partition(";")[2].replace(" ", "").lower()
    return quality.startswith("q=0") and not quality.removeprefix("q=0").strip(".0")
