"""What differs between two drafts, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from shared.contract.chatbot import ChatbotDraft
from studio.model.fields import ABSENT, Entries, Path, is_branch, tree_of
from studio.model.wording import order_of, title_of, value_words

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Difference:
    """One field that is not the same."""

    path: Path
    kind: Kind
    title: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """Such as "Greeting changed"."""
        return f"{self.title} {self.kind}"


def as_written(draft: ChatbotDraft) -> ChatbotDraft:
    """The draft as its designer wrote it: without what publishing makes of the avatar."""
    if draft.avatar is None:
        return draft
    made = {"optimised": None, "poster": None, "sprites": None, "card": None}
    return draft.model_copy(update={"avatar": draft.avatar.model_copy(update=made)})


def differences(before: ChatbotDraft, after: ChatbotDraft) -> tuple[Difference, ...]:
    """What a designer changed between two drafts, in the order of the contract; none when they say the same."""
    return tuple(_walk(tree_of(as_written(before)), tree_of(as_written(after)), ()))


def _walk(before: Any, after: Any, path: Path) -> Iterator[Difference]:
    if before == after and not _moved(before, after):
        return
    if path and not (is_branch(before, path) and is_branch(after, path)):
        yield _difference(path, before, after)
        return
    for name in dict.fromkeys((*before, *after)):
        yield from _walk(before.get(name, ABSENT), after.get(name, ABSENT), (*path, name))
    if _moved(before, after):
        moved = order_of(path)
        yield Difference(moved, "changed", title_of(moved), ", ".join(before), ", ".join(after))


def _difference(path: Path, before: Any, after: Any) -> Difference:
    kind: Kind = "added" if before is ABSENT else "removed" if after is ABSENT else "changed"
    return Difference(path, kind, title_of(path), value_words(before, path), value_words(after, path))


def _moved(before: Any, after: Any) -> bool:
    if not (isinstance(before, Entries) and isinstance(after, Entries)):
        return False
    return [name for name in before if name in after] != [name for name in after if name in before]
