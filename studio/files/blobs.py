"""Files of a project by name and digest."""

import hashlib
import mimetypes
import re
import unicodedata
from pathlib import Path

from shared.contract.chatbot import BlobRef

MEDIA_TYPES = {
    ".glb": "model/gltf-binary",
    ".webp": "image/webp",
    ".gltf": "model/gltf+json",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""By our own table first: the system's differs between machines, and a digest with another type is another blob."""

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
MAXIMUM_NAME = 120


def media_type_of(name: str) -> str:
    """The media type that a file's name promises."""
    suffix = Path(name).suffix.lower()
    return MEDIA_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def blob_of(name: str, content: bytes) -> BlobRef:
    """The reference to a file of this name and content."""
    digest = hashlib.sha256(content).hexdigest()
    return BlobRef(name=name, sha256=digest, bytes=len(content), media_type=media_type_of(name))


def safe_name(name: str) -> str:
    """A file name that every system can keep: no separators or controls, not too long, its suffix kept."""
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip(" .-") or "file"
    path = Path(plain)
    return path.stem[: MAXIMUM_NAME - len(path.suffix)] + path.suffix if len(plain) > MAXIMUM_NAME else plain
