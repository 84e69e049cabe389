"""A loopback server that speaks as much of S3's wire as the object store uses: objects, ranges, parts, copies, lists.

Signatures are not checked. Source: Amazon S3 API Reference.
"""

import hashlib
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_KEYS = re.compile(r"<Key>(.*?)</Key>")
_WHEN = "2026-01-01T00:00:00.000Z"


class Shelf:
    """What is stored, and the parts of what is still being sent."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}


class _Wire(BaseHTTPRequestHandler):
    shelf: Shelf
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *words: object) -> None:
        """Says nothing."""

    def do_PUT(self) -> None:
        key, asked = self._address()
        content = self.rfile.read(int(self.headers["content-length"] or 0))
        if "partNumber" in asked:
            self.shelf.parts[asked["uploadId"][0]][int(asked["partNumber"][0])] = content
            self._answer(200, headers={"ETag": _tag(content)})
        elif source := self.headers.get("x-amz-copy-source"):
            found = self.shelf.objects.get(unquote(source).strip("/"))
            if found is None:
                self._refuse(404, "NoSuchKey")
                return
            self.shelf.objects[key] = found
            self._answer(200, f"<CopyObjectResult><ETag>{_tag(found)}</ETag></CopyObjectResult>".encode())
        else:
            self.shelf.objects[key] = content
            self._answer(200, headers={"ETag": _tag(content)})

    def do_POST(self) -> None:
        key, asked = self._address()
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        if "uploads" in asked:
            upload = secrets.token_hex(8)
            self.shelf.parts[upload] = {}
            text = f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
        elif "uploadId" in asked:
            parts = self.shelf.parts.pop(asked["uploadId"][0])
            self.shelf.objects[key] = b"".join(parts[number] for number in sorted(parts))
            tag = _tag(self.shelf.objects[key])
            text = f"<CompleteMultipartUploadResult><ETag>{tag}</ETag></CompleteMultipartUploadResult>"
        else:
            names = _KEYS.findall(body.decode())
            for name in names:
                self.shelf.objects.pop(f"{key}/{name}", None)
            deleted = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
            text = f"<DeleteResult>{deleted}</DeleteResult>"
        self._answer(200, text.encode())

    def do_DELETE(self) -> None:
        self.shelf.objects.pop(self._address()[0], None)
        self._answer(204)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        key, asked = self._address()
        if "list-type" in asked:
            self._list(key, asked.get("prefix", [""])[0])
        elif key in self.shelf.objects:
            self._send(self.shelf.objects[key])
        else:
            self._refuse(404, "NoSuchKey")

    def _send(self, content: bytes) -> None:
        found = _RANGE.fullmatch(self.headers.get("range", ""))
        headers = {"ETag": _tag(content), "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
        if found is None:
            self._answer(200, content, headers)
            return
        start, end = int(found[1]), min(int(found[2] or len(content)) + 1, len(content))
        self._answer(206, content[start:end], headers | {"Content-Range": f"bytes {start}-{end - 1}/{len(content)}"})

    def _list(self, bucket: str, prefix: str) -> None:
        begins = f"{bucket}/{prefix}"
        entries = "".join(
            f"<Contents><Key>{escape(key[len(bucket) + 1 :])}</Key><Size>{len(content)}</Size>"
            f"<LastModified>{_WHEN}</LastModified><ETag>{_tag(content)}</ETag></Contents>"
            for key, content in sorted(self.shelf.objects.items())
            if key.startswith(begins)
        )
        self._answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>".encode())

    def _address(self) -> tuple[str, dict[str, list[str]]]:
        parts = urlsplit(self.path)
        return unquote(parts.path).strip("/"), parse_qs(parts.query, keep_blank_values=True)

    def _refuse(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code></Error>".encode())

    def _answer(self, status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@contextmanager
def s3_server() -> Iterator[tuple[str, Shelf]]:
    """Runs it. Yields: its address, and what it stores."""
    shelf = Shelf()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Wire", (_Wire,), {"shelf": shelf}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", shelf
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
