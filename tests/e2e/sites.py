"""Somebody's website: pages served from an origin of their own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Somebody's page</title></head>
<body style="font: 16px/1.6 sans-serif; margin: 3rem"><h1>Somebody's page</h1><p>With words of its own.</p>
{snippet}</body></html>"""


class Website:
    """Pages by path, under one origin. `pages` may change while it is served."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.pages: dict[str, str] = {}

    def put(self, path: str, snippet: str) -> str:
        """Serve a page with a pasted snippet, and return its address."""
        self.pages[path] = PAGE.format(snippet=snippet)
        return f"{self.origin}{path}"


@contextmanager
def website(host: str = "127.0.0.1") -> Iterator[Website]:
    """Serve pages from a fresh origin until the block ends."""
    pages: dict[str, str] = {}

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path.split("?")[0])
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "There is no such page.").encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the browser's own log tells what was fetched."""

    with ThreadingHTTPServer((host, 0), Pages) as served:
        site = Website(f"http://{host}:{served.server_address[1]}")
        site.pages = pages
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield site
        served.shutdown()
