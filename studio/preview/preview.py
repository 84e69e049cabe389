"""The preview's server: starts when it is first looked at, follows the draft, and ends with the project."""

import asyncio
import json
import mimetypes
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from shared.contract.chatbot import ChatbotDraft
from shared.contract.embed import Visit
from shared.errors import Unavailable
from studio.files.project import Project
from studio.preview import documents
from studio.preview.documents import Places
from studio.preview.lines import Lines
from studio.preview.talk import Spawn, Talk
from studio.preview.wire import Answer, Request, read_request, refused, told, write_answer
from studio.rehearsal.turns import Conversation

WIDGET = Path(__file__).resolve().parents[2] / "widget" / "dist"
SETTLE_SECONDS = 0.35
"""A slider that moves tells many drafts; the page follows when it rests."""
_NOT_BUILT = "The widget is not built: run `npm run build` in widget/, or start the studio with packaging/dev.py."
_VISIT_ENDS = "2100-01-01T00:00:00Z"


class Preview:
    """One project's draft as the real widget shows it. On one thread; files are read beside the loop."""

    def __init__(
        self, project: Project, draft: Callable[[], ChatbotDraft], conversation: Conversation, spawn: Spawn
    ) -> None:
        self._project = project
        self._draft = draft
        self._talk = Talk(conversation, draft, spawn)
        self._server: asyncio.Server | None = None
        self._places: Places | None = None
        self._lines: Lines | None = None
        self._watching: set[asyncio.Queue[bytes]] = set()
        self._told: asyncio.TimerHandle | None = None
        self._poster = b""

    async def start(self) -> str:
        """Serve from now on. Returns: the address of the page that holds the widget.

        Raises: Unavailable: the widget is not built, or no port can be had.
        """
        if not (WIDGET / "embed.js").is_file():
            raise Unavailable(_NOT_BUILT)
        if self._places is None:
            try:
                self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            except OSError as error:
                raise Unavailable(f"The preview cannot be served on this desk: {error.strerror}.") from error
            port = self._server.sockets[0].getsockname()[1]
            secret = secrets.token_urlsafe(18)
            self._places = Places(f"http://localhost:{port}", f"http://127.0.0.1:{port}", secret)
            self._lines = Lines(secret, self._talk.hear)
        return self._places.page

    def show_poster(self, content: bytes) -> None:
        """Serve a WebP as the poster, as one that publishing would make."""
        self._poster = content

    def follow(self) -> None:
        """The draft has changed: pages that are open load it, once it rests."""
        if self._server is None:
            return
        if self._told is not None:
            self._told.cancel()
        self._told = asyncio.get_event_loop().call_later(SETTLE_SECONDS, self._tell)

    def _tell(self) -> None:
        for queue in self._watching:
            queue.put_nowait(b"data: changed\n\n")

    async def close(self) -> None:
        """The same as `stop`, for whoever waits for it."""
        self.stop()

    def stop(self) -> None:
        """Serve no more; pages that are open stay as they are."""
        if self._told is not None:
            self._told.cancel()
        self._talk.close()
        if self._lines is not None:
            self._lines.close()
        for queue in self._watching:
            queue.put_nowait(b"")
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await read_request(reader)
            if request is not None:
                await write_answer(writer, await self._answer(request))
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _answer(self, request: Request) -> Answer:
        places, lines = self._places, self._lines
        assert places is not None
        assert lines is not None
        # A foreign page that calls itself by another name and points it here is not answered.
        if request.headers.get("host") not in {places.site[7:], places.server[7:]}:
            return refused(403, "Nobody by this name lives here.")
        if request.path == "/socket.io/":
            return await lines.answer(request)
        _, secret, *rest = [*request.path.split("/"), ""]
        if not secrets.compare_digest(secret.encode(), places.secret.encode()):
            return refused(404, "There is no such page.")
        return await self._answer_path([part for part in rest if part], request, places)

    async def _answer_path(self, parts: list[str], request: Request, places: Places) -> Answer:
        draft = self._draft()
        match parts:
            case [] | ["closed"]:
                embed = "closed" if parts else "open"
                return Answer(documents.website(draft, places, embed), "text/html; charset=utf-8")
            case ["changes"] | ["closed", "changes"]:
                return Answer(media_type="text/event-stream", more=self._changes())
            case ["embed.js"]:
                return await _file(WIDGET / "embed.js")
            case ["widget", "assets", name] if name.replace(".", "").replace("-", "").replace("_", "").isalnum():
                return await _file(WIDGET / "assets" / name)
            case ["release.json"]:
                return told(self._release(draft, places))
            case ["media", documents.POSTER] if self._poster:
                return Answer(self._poster, "image/webp")
            case ["media", name]:
                return await self._media(name, draft)
            case ["embed", ("open" | "closed") as embed, what]:
                return self._embedded(embed, what, draft, places)
        return refused(404, "There is no such page.")

    def _embedded(self, embed: str, what: str, draft: ChatbotDraft, places: Places) -> Answer:
        if what == "config.json":
            return told(documents.loader_config(draft, places, embed, poster=bool(self._poster)))
        if what == "frame":
            page = documents.frame(self._release(draft, places), places, embed, _frame_script())
            return Answer(page, "text/html; charset=utf-8", headers=_framed_by(places))
        if what == "visit":
            self._talk.begin()
            visit = Visit.model_validate(
                {"token": places.secret, "expires_at": _VISIT_ENDS, "visitor_key": "desk",
                 "conversation_id": documents.RELEASE}
            )  # fmt: skip
            return told(visit.model_dump(mode="json"))
        return refused(404, "There is no such page.")

    def _release(self, draft: ChatbotDraft, places: Places) -> dict[str, Any]:
        return documents.public_release(draft, places, poster=bool(self._poster))

    async def _media(self, name: str, draft: ChatbotDraft) -> Answer:
        if draft.avatar is None or name != f"{draft.avatar.glb.sha256}.glb":
            return refused(404, "There is no such file.")
        return await _file(self._project.avatar_path(draft.avatar.glb))

    async def _changes(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._watching.add(queue)
        try:
            yield b"retry: 1000\n\n"
            while part := await queue.get():
                yield part
        finally:
            self._watching.discard(queue)


def _framed_by(places: Places) -> dict[str, str]:
    return {"Content-Security-Policy": f"frame-ancestors {places.site}"}


def _frame_script() -> str:
    manifest = json.loads((WIDGET / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["src/frame/frame.ts"]["file"])


async def _file(path: Path) -> Answer:
    try:
        content = await asyncio.to_thread(path.read_bytes)
    except OSError:
        return refused(404, "There is no such file.")
    return Answer(content, mimetypes.guess_type(path.name)[0] or "application/octet-stream")
