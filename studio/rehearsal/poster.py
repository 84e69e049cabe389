"""The poster: the character as it stands, seen at once by a visitor while the avatar is on its way."""

import io

from PIL import Image

from shared.contract.chatbot import ChatbotDraft
from studio.files.blobs import blob_of
from studio.files.project import Project, write_blob
from studio.render.formats import POSTER

POSTER_SIZE = POSTER
QUALITY = 88
FILE_NAME = "poster.webp"


def standing_clip(draft: ChatbotDraft) -> str | None:
    """The clip whose first pose the character stands in; None is the rest pose."""
    return next((entry.clip for entry in draft.acting.roles.get("idle", ())), None)


def with_poster(project: Project, draft: ChatbotDraft, picture: Image.Image) -> ChatbotDraft:
    """Put a picture into the project as the poster, and return the draft that names it.

    Raises: BadProject: the disk refused.
    """
    if draft.avatar is None:
        return draft
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=QUALITY, method=4)
    content = stream.getvalue()
    blob = blob_of(FILE_NAME, content)
    if draft.avatar.poster != blob:
        write_blob(project.avatar_path(blob), content)
    return draft.model_copy(update={"avatar": draft.avatar.model_copy(update={"poster": blob})})
