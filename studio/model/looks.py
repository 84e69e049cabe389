"""Pure edits of look, texts and placement: a draft in, the changed draft out."""

from pydantic import ValidationError

from shared.contract.chatbot import ChatbotDraft, Look, WidgetTexts
from shared.contract.placement import Placement


def with_look(draft: ChatbotDraft, **fields: object) -> ChatbotDraft:
    """The draft with some fields of its look replaced and checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    look = Look.model_validate({**draft.look.model_dump(), **fields})
    return draft.model_copy(update={"look": look})


def with_placement(draft: ChatbotDraft, **fields: object) -> ChatbotDraft:
    """The draft with some fields of its placement replaced and checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    placement = Placement.model_validate({**draft.placement.model_dump(), **fields})
    return draft.model_copy(update={"placement": placement})


def with_text(draft: ChatbotDraft, locale: str, name: str, text: str) -> ChatbotDraft:
    """The draft whose widget says `text` in a language; a language without any words of its own is kept."""
    words = draft.look.texts.get(locale, WidgetTexts()).model_dump()
    return with_look(draft, texts={**draft.look.texts, locale: {**words, name: text}})


def with_language(draft: ChatbotDraft, locale: str) -> ChatbotDraft:
    """The draft with a language to write texts in."""
    return with_look(draft, texts={**draft.look.texts, locale: draft.look.texts.get(locale, WidgetTexts())})


def without_language(draft: ChatbotDraft, locale: str) -> ChatbotDraft:
    """The draft without the texts of a language."""
    return with_look(draft, texts={tag: words for tag, words in draft.look.texts.items() if tag != locale})


def is_placement(draft: ChatbotDraft, **fields: object) -> bool:
    """Whether `with_placement` would take these fields."""
    try:
        with_placement(draft, **fields)
    except ValidationError:
        return False
    return True
