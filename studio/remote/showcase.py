"""A page on this desk that holds the snippet, so that a published character can be met at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape

from shared.errors import Unavailable

PORT = 8466
SITE = f"http://localhost:{PORT}"
"""One of the sites that the embed must allow for this page."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}: test page</title>
<style>
body {{ font: 17px/1.6 system-ui, sans-serif; margin: 0; color: #1b1e26; background: #f4f5f8; }}
main {{ max-width: 42rem; margin: 0 auto; padding: 4rem 1.5rem; }}
h1 {{ font-size: 2rem; margin: 0 0 1rem; }}
</style></head>
<body><main><h1>{name}</h1>
<p>This page stands on your desk and holds nothing but the snippet, as your own site will.</p></main>
{snippet}
</body></html>
"""


def page_with(name: str, snippet: str) -> bytes:
    """The page as a whole. The snippet is the server's own markup and goes in as it is."""
    return _PAGE.format(name=escape(name), snippet=snippet).encode()


class Showcase:
    """Serves the page on the loopback address for as long as the studio runs."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._content = b""

    async def show(self, name: str, snippet: str) -> str:
        """Serve the page with this snippet from now on. Returns: its address.

        Raises: Unavailable: another program has the port.
        """
        self._content = page_with(name, snippet)
        if self._server is None:
            try:
                self._server = await asyncio.start_server(self._answer, "127.0.0.1", PORT)
            except OSError as error:
                raise Unavailable(
                    f"Port {PORT} is taken by another program, so the test page cannot be shown. Close it, or paste "
                    "the snippet into a page of your own."
                ) from error
        return f"{SITE}/"

    async def close(self) -> None:
        """Stop serving."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with _closing(writer):
            # Only the end of the request's head matters: every address gets the same page.
            while (await reader.readline()).strip():
                pass
            head = (
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
                f"Content-Length: {len(self._content)}\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode() + self._content)
            await writer.drain()


@asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    try:
        yield
    except (ConnectionError, asyncio.LimitOverrunError, ValueError):
        return
    finally:
        writer.close()
