"""A server on loopback that speaks the sync wire: real HTTP, real parts, and faults on demand."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

TENANT, CHATBOT = (str(UUID(int=number)) for number in (1, 2))
PASSWORD = "correct horse"
ME = {
    "account_id": str(UUID(int=9)), "email": "mira@example.com", "name": "Mira", "tenant_id": TENANT,
    "tenant_name": "The museum", "role": "owner", "permissions": ["edit", "publish"],
}  # fmt: skip


class Desk:
    """What the server knows, and what shall go wrong."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytearray] = {}
        self.totals: dict[str, int] = {}
        self.draft: dict[str, Any] | None = None
        self.revision = 0
        self.embeds: list[dict[str, Any]] = []
        self.releases: list[dict[str, Any]] = []
        """Newest first, each with its draft."""
        self.refreshes = 0
        self.access = "access-0"
        self.expires_in = timedelta(minutes=15)
        self.polls_until_live = 2
        self.document_problem = ""
        self.cut_after_parts: int | None = None
        """The connection breaks once after so many parts."""
        self.parts = 0
        self.as_stranger = False
        """Answers as some other web server would."""

    def tokens(self) -> dict[str, Any]:
        """New tokens; the ones before are worth nothing."""
        self.access = f"access-{self.refreshes}"
        expires = (datetime.now(UTC) + self.expires_in).isoformat()
        return {
            "access_token": self.access, "refresh_token": f"refresh-{self.refreshes}", "expires_at": expires,
            "tenant_id": TENANT,
        }  # fmt: skip

    def draft_view(self) -> dict[str, Any]:
        """The draft as the server tells it."""
        return {"chatbot_id": CHATBOT, "revision": self.revision, "draft": self.draft}

    def documents(self) -> list[dict[str, Any]]:
        """The documents, live after some polls."""
        self.polls_until_live -= 1
        state = "failed" if self.document_problem else "live" if self.polls_until_live <= 0 else "embedded"
        knowledge = (self.draft or {})["knowledge"]
        return [
            {
                "id": str(UUID(int=100 + number)), "title": one["title"], "sha256": one["blob"]["sha256"],
                "media_type": one["blob"]["media_type"], "state": state, "problem": self.document_problem,
            }
            for number, one in enumerate(knowledge)
        ]  # fmt: skip


class _Wire(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    desk: Desk

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def _answer(self) -> None:
        url = urlsplit(self.path)
        query = {name: int(values[0]) for name, values in parse_qs(url.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.desk.as_stranger:
            self._send(200, b"<h1>It works!</h1>", "text/html")
            return
        parts = url.path.strip("/").split("/")[1:]
        if parts[0] == "auth":
            self._auth(parts[1], json.loads(body))
        elif self.headers.get("Authorization") != f"Bearer {self.desk.access}":
            self._problem(401, "sign_in_required", "Sign in first.")
        elif parts[0] == "me":
            self._json(200, ME)
        elif parts[0] == "blobs":
            self._blobs(parts, query, body)
        elif parts[0] == "embeds" or parts[-1] == "embeds":
            self._embeds(body)
        else:
            self._chatbots(parts, body)

    def _auth(self, verb: str, body: dict[str, Any]) -> None:
        if verb == "refresh":
            if body["refresh_token"] != f"refresh-{self.desk.refreshes}":
                self._problem(401, "refresh_reused", "This session was used from two places.")
                return
            self.desk.refreshes += 1
        elif body.get("password") != PASSWORD:
            self._problem(401, "sign_in_failed", "This e-mail and password do not belong together.")
            return
        self._json(200, self.desk.tokens())

    def _blobs(self, parts: list[str], query: dict[str, int], body: bytes) -> None:
        desk = self.desk
        if parts[1] == "missing":
            asked = json.loads(body)["sha256"]
            missing = [sha for sha in asked if len(desk.blobs.get(sha, b"")) != desk.totals.get(sha, -1)]
            self._json(200, {"missing": missing})
            return
        sha = parts[1]
        if self.command == "GET" and len(parts) == 2:
            self._part(desk.blobs[sha])
            return
        held = desk.blobs.setdefault(sha, bytearray())
        desk.totals[sha] = query["total"]
        if self.command == "PATCH":
            assert query["offset"] == len(held)
            desk.parts += 1
            if desk.cut_after_parts is not None and desk.parts > desk.cut_after_parts:
                desk.cut_after_parts = None
                self.connection.close()
                return
            held += body
        state = {"sha256": sha, "received": len(held), "total": query["total"], "complete": len(held) == query["total"]}
        self._json(200, state)

    def _part(self, content: bytearray) -> None:
        first, last = self.headers["Range"].removeprefix("bytes=").split("-")
        self._send(206, bytes(content[int(first) : int(last) + 1]), "application/octet-stream")

    def _listed(self) -> list[dict[str, Any]]:
        now = datetime.now(UTC).isoformat()
        live = next((release["id"] for release in self.desk.releases if "live" in release["channels"]), None)
        name = (self.desk.draft or {}).get("name", "")
        known = {"id": CHATBOT, "name": name, "revision": self.desk.revision, "live_release": live}
        return [{**known, "created_at": now, "updated_at": now}] if self.desk.draft else []

    def _chatbots(self, parts: list[str], body: bytes) -> None:
        desk = self.desk
        if self.command == "GET" and parts == ["chatbots"]:
            self._json(200, self._listed())
        elif self.command == "GET" and parts[-1] == "draft" and desk.draft is None:
            self._problem(404, "not_found", "There is no such chatbot.")
        elif self.command == "GET" and parts[-1] == "draft":
            self._json(200, desk.draft_view())
        elif parts[-1] == "documents":
            self._json(200, desk.documents())
        elif parts[-1] == "releases" and self.command == "POST":
            self._json(201, self._release(json.loads(body)))
        elif parts[-1] == "releases":
            self._json(200, [_without_draft(release) for release in desk.releases])
        elif "releases" in parts:
            self._json(200, next(release for release in desk.releases if release["id"] == parts[-1]))
        elif "channels" in parts:
            self._json(200, self._moved(parts[-1], json.loads(body)["release_id"]))
        elif self.command == "PUT" and self.headers.get("If-Match") != f'"{desk.revision}"':
            self._problem(412, "revision_conflict", "The draft has moved on.")
        else:
            given = json.loads(body)
            desk.draft = given if self.command == "PUT" else given["draft"]
            desk.revision += 1
            self._json(200 if self.command == "PUT" else 201, desk.draft_view())

    def _release(self, asked: dict[str, Any]) -> dict[str, Any]:
        now, number = datetime.now(UTC).isoformat(), len(self.desk.releases) + 1
        release = {
            "id": str(UUID(int=1_000 + number)), "chatbot_id": CHATBOT, "number": number, "created_at": now,
            "channels": [], "note": asked["note"], "author": ME["name"], "revision": asked["revision"],
            "draft": self.desk.draft,
        }  # fmt: skip
        self.desk.releases.insert(0, release)
        return self._moved(asked["channel"], release["id"])

    def _moved(self, channel: str, wanted: object) -> dict[str, Any]:
        for release in self.desk.releases:
            release["channels"] = [one for one in release["channels"] if one != channel]
            if release["id"] == wanted:
                release["channels"].append(channel)
                found = release
        return _without_draft(found)

    def _embeds(self, body: bytes) -> None:
        desk = self.desk
        if self.command == "GET":
            self._json(200, desk.embeds)
            return
        given = json.loads(body)
        name = f"emb-{given['channel']}"
        made = {**given, "id": name, "chatbot_id": CHATBOT, "snippet": f'<script data-embed-id="{name}"></script>'}
        desk.embeds = [*(embed for embed in desk.embeds if embed["id"] != name), made]
        self._json(200 if self.command == "PUT" else 201, made)

    def _problem(self, status: int, code: str, detail: str) -> None:
        self._json(status, {"code": code, "title": code, "detail": detail, "status": status})

    def _json(self, status: int, content: object) -> None:
        self._send(status, json.dumps(content).encode(), "application/json")

    def _send(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _without_draft(release: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in release.items() if name != "draft"}


@contextmanager
def serving() -> Iterator[tuple[str, Desk]]:
    """A server for the length of a test. Yields: its address, and its desk."""
    desk = Desk()
    wire = type("Wire", (_Wire,), {"desk": desk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), wire)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
