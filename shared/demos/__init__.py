"""The two demo chatbots as they lie beside this: personality, knowledge, pictures. Avatars: `packaging/avatars`.

The server performs them on its front page; the studio opens them as projects to try things on.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from shared.acting.mapping import build_map
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, DocumentRef
from shared.glb import inspect, read_glb
from shared.glb.face import propose_face
from shared.knowledge.documents import media_type_of

_FOLDER = Path(__file__).resolve().parent
_AVATARS = _FOLDER.parents[1] / "packaging" / "avatars"
SLUGS = ("pip", "mira")


@dataclass(frozen=True)
class Demo:
    """A demo chatbot: its files by name, and what it says of itself."""

    slug: str
    written: ChatbotDraft
    documents: dict[str, bytes]
    avatar: bytes | None
    poster: bytes | None

    @property
    def digest(self) -> str:
        """Of all its content: another one means that we ship another demo than the one that was published."""
        digest = hashlib.sha256(self.written.model_dump_json().encode())
        for content in (*self.documents.values(), self.avatar, self.poster):
            digest.update(hashlib.sha256(content or b"").digest())
        return digest.hexdigest()

    @property
    def files(self) -> list[bytes]:
        """Everything that its draft names."""
        return [*self.documents.values(), *(each for each in (self.avatar, self.poster) if each)]

    def draft(self) -> ChatbotDraft:
        """The whole draft; measuring the avatar takes seconds, so call it in a thread."""
        knowledge = tuple(
            DocumentRef(blob=_blob(name, content, media_type_of(name)), title=_title(content))
            for name, content in self.documents.items()
        )
        if self.avatar is None:
            return self.written.model_copy(update={"knowledge": knowledge})
        glb = read_glb(self.avatar)
        avatar = AvatarRef(
            glb=_blob(f"{self.slug}.glb", self.avatar, "model/gltf-binary"),
            poster=_blob(f"{self.slug}.webp", self.poster, "image/webp") if self.poster else None,
            licence="MIT",
            credit="Made for Troupe",
        )
        acting = build_map(inspect(glb), propose_face(glb))
        return self.written.model_copy(update={"knowledge": knowledge, "avatar": avatar, "acting": acting})


def read_demo(slug: str) -> Demo:
    """Read one demo from its folder; without its avatar's file it chats only."""
    folder = _FOLDER / slug
    return Demo(
        slug=slug,
        written=ChatbotDraft.model_validate(json.loads((folder / "chatbot.json").read_text(encoding="utf-8"))),
        documents={path.name: path.read_bytes() for path in sorted(folder.glob("*.md"))},
        avatar=_content(_AVATARS / f"{slug}.glb"),
        poster=_content(folder / "poster.webp"),
    )


def card_path(slug: str) -> Path:
    """Where a demo's picture lies, for pages and lists."""
    return _FOLDER / slug / "card.webp"


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _blob(name: str, content: bytes, media_type: str) -> BlobRef:
    return BlobRef(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content), media_type=media_type)


def _title(content: bytes) -> str:
    return content.decode("utf-8").partition("\n")[0].lstrip("# ").strip()
