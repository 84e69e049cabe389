"""Reads a document in a process of its own, which can be killed: parsers of strangers' files hang, grow and crash."""

import asyncio
import json
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from shared.errors import BadDocument

READING_SECONDS = 120.0
_LONGEST_ANSWER_BYTES = 256 * 1024 * 1024
_MODULE = "server.knowledge.reading_process"


@dataclass(frozen=True)
class ReadDocument:
    """A document cut into passages, each as `reading_process` writes it."""

    title: str
    language: str
    notes: tuple[str, ...]
    passages: list[dict[str, Any]]


async def read_document(
    name: str, content: bytes, media_type: str, title: str, seconds: float = READING_SECONDS
) -> ReadDocument:
    """Parse and split a document.

    Args:
        title: stands in front of its passages; empty: the document's own.
    Raises: BadDocument: it cannot be read, or not within time and memory.
    """
    asked = json.dumps({"name": name, "media_type": media_type, "title": title}).encode()
    async with _child() as child:
        try:
            async with asyncio.timeout(seconds):
                answer, _ = await child.communicate(struct.pack("<I", len(asked)) + asked + content)
        except TimeoutError as error:
            raise BadDocument(f"{name} takes more than {seconds:.0f} seconds to read: split it.") from error
    return _understood(name, answer, child.returncode)


@asynccontextmanager
async def _child() -> AsyncIterator[asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", _MODULE,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_ANSWER_BYTES,
    )  # fmt: skip
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


def _understood(name: str, answer: bytes, code: int | None) -> ReadDocument:
    if code != 0:
        raise BadDocument(f"{name} cannot be read, it is damaged or too complex: save it as plain text and add that.")
    said = json.loads(answer)
    if "problem" in said:
        raise BadDocument(said["problem"])
    return ReadDocument(said["title"], said["language"], tuple(said["notes"]), said["passages"])
