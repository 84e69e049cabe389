"""What embeds are made of, built once by `app.py` as `app.state.embeds`."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from server.avatars.forms import LateForms
from server.config import Settings
from server.db.blobs import BlobStore
from server.embeds.pages import FramePages
from server.embeds.statics import WidgetFiles
from server.embeds.tokens import VisitorTokens


@dataclass(frozen=True)
class EmbedParts:
    """The widget's files, the frame's page, the tokens that visitors get, and who compresses older avatars."""

    widget: WidgetFiles
    tokens: VisitorTokens
    pages: FramePages
    forms: LateForms


def open_embed_parts(settings: Settings, blobs: BlobStore) -> EmbedParts:
    """Reads the built widget; where there is none, its addresses say so."""
    widget, tokens = WidgetFiles(settings.widget_folder), VisitorTokens(settings)
    return EmbedParts(widget, tokens, FramePages(widget, tokens), LateForms(blobs))


def embed_parts_of(request: Request) -> EmbedParts:
    """The embed parts of the app that a request came to."""
    parts: EmbedParts = request.app.state.embeds
    return parts


CurrentEmbedParts = Annotated[EmbedParts, Depends(embed_parts_of)]
