"""Puts what was baked from an avatar into its project, and names it in the draft. Draws nothing itself."""

from typing import TYPE_CHECKING

from shared.contract.chatbot import BlobRef, ChatbotDraft, SpriteSheet
from studio.files.blobs import blob_of
from studio.files.project import Project, write_blob

if TYPE_CHECKING:
    from studio.render.baking import Baked


def with_baked(project: Project, draft: ChatbotDraft, baked: "Baked") -> ChatbotDraft:
    """Write poster, sprites and card into the project's avatar folder, and return the draft that names them.

    Raises: BadProject: the disk refused.
    """
    if draft.avatar is None:
        return draft
    width, height = baked.sprites.size
    sheet = SpriteSheet(
        blob=_written(project, "sprites.webp", baked.sprites.content),
        emotions=baked.sprites.emotions,
        width=width,
        height=height,
    )
    made = {
        "poster": _written(project, "poster.webp", baked.poster),
        "sprites": sheet,
        "card": _written(project, "card.png", baked.card),
    }
    return draft.model_copy(update={"avatar": draft.avatar.model_copy(update=made)})


def _written(project: Project, name: str, content: bytes) -> BlobRef:
    blob = blob_of(name, content)
    write_blob(project.avatar_path(blob), content)
    return blob
