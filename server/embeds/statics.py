"""The built widget, read once: each file with its compressed forms, so that nothing is compressed while serving."""

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

from server.web.encodings import best_encoding
from shared.errors import NotFound, Unavailable

_FRAME_ENTRY = "src/frame/frame.ts"
_COMPRESSED = (("br", ".br"), ("gzip", ".gz"))
_NOT_BUILT = "The widget is not built: run `python3 packaging/dev.py run`, or `npm run build` in widget/."
_BRIEFLY = "public, max-age=300, stale-while-revalidate=3600"
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    """One file of the widget."""

    content: bytes
    media_type: str
    etag: str
    encoded: Mapping[str, bytes] = field(default_factory=dict)
    """By the name of its content encoding."""


class WidgetFiles:
    """Everything under `widget/dist`; made once by `app.py`."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix not in {".br", ".gz"}
        }

    @property
    def frame_script(self) -> str:
        """Address of the frame page's module.

        Raises: Unavailable: the widget is not built.
        """
        manifest = self._files.get(".vite/manifest.json") or self._files.get("manifest.json")
        if manifest is None:
            raise Unavailable(_NOT_BUILT)
        return f"/widget/{json.loads(manifest.content)[_FRAME_ENTRY]['file']}"

    def loader(self, asked: Headers) -> Response:
        """`embed.js`, which any site may load; asked for again after five minutes."""
        if "embed.js" not in self._files:
            raise Unavailable(_NOT_BUILT)
        return _response(self._files["embed.js"], asked, _BRIEFLY)

    def asset(self, name: str, asked: Headers) -> Response:
        """A file whose name changes with its content."""
        found = self._files.get(f"assets/{name}")
        if found is None:
            raise NotFound("file")
        return _response(found, asked, _FOR_EVER)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    encoded = {
        encoding: path.with_name(path.name + ending).read_bytes()
        for encoding, ending in _COMPRESSED
        if path.with_name(path.name + ending).is_file()
    }
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return StaticFile(content, media_type, hashlib.sha256(content).hexdigest()[:32], encoded)


def _response(file: StaticFile, asked: Headers, caching: str) -> Response:
    # Each encoding has a tag of its own: they are different bytes.
    encoding = best_encoding(asked, file.encoded)
    etag = f'"{file.etag}{f"-{encoding}" if encoding else ""}"'
    headers = {
        "ETag": etag,
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
    }
    if etag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(file.encoded.get(encoding, file.content), headers=headers, media_type=file.media_type)
