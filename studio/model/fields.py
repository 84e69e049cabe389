"""A draft as a tree of fields, so that what differs is told, and what is merged is chosen, field by field.

Dicts are models and maps; `Entries` are lists whose entries are known by a name; everything else is one value.
"""

import json
from collections.abc import Mapping
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any, Final

from shared.contract.chatbot import ChatbotDraft

Path = tuple[str, ...]
"""From the draft to a field, such as `("personality", "greeting")`."""
Tree = dict[str, Any]


class Absence(Enum):
    """The only value of which there is none."""

    ABSENT = "absent"


ABSENT: Final = Absence.ABSENT
"""Where a field is not there at all: an entry that one side added or removed."""


class Entries(dict[str, Any]):
    """A list's entries by name, in their order."""


_ITSELF = ""
_NAMED: Mapping[str, str] = {
    "acting.roles.*": "clip",
    "acting.rules": "words",
    "personality.languages": _ITSELF,
    "personality.do": _ITSELF,
    "personality.dont": _ITSELF,
    "personality.suggestions": _ITSELF,
    "personality.examples": "visitor",
    "knowledge": "blob",
    "gold": "question",
    "rehearsals": "name",
    "placement.include_paths": _ITSELF,
    "placement.exclude_paths": _ITSELF,
    "placement.referrers": _ITSELF,
    "placement.devices": _ITSELF,
    "placement.languages": _ITSELF,
    "placement.hours": _ITSELF,
    "models.fallbacks": _ITSELF,
}
"""Lists, and the field that an entry is known by; other lists are values as a whole."""
_WHOLE = ("avatar.file", "knowledge.*.blob")
"""Objects that make sense only together: a name with its digest."""
_FILE_FIELDS = ("glb", "optimised", "poster", "sprites", "card")


def fits(path: Path, pattern: str) -> bool:
    """Whether a path fits a pattern such as `acting.roles.*`; names with dots in them count as one part."""
    parts = pattern.split(".")
    return len(parts) == len(path) and all(
        fnmatchcase(part, wanted) if wanted == "*" else part == wanted for part, wanted in zip(path, parts, strict=True)
    )


def tree_of(draft: ChatbotDraft) -> Tree:
    """The draft's fields. The avatar's file stands together with what is made from it, as `avatar.file`."""
    plain = draft.model_dump(mode="json")
    avatar = plain["avatar"]
    if avatar is not None:
        file = {name: avatar.pop(name) for name in _FILE_FIELDS}
        plain["avatar"] = {"file": file, **avatar}
    tree: Tree = _grown(plain, ())
    return tree


def draft_of(tree: Tree) -> ChatbotDraft:
    """The draft that a tree says.

    Raises: pydantic.ValidationError: it says none, such as a list that is too long.
    """
    plain = _plain(tree)
    avatar = plain.get("avatar")
    if avatar is not None:
        plain["avatar"] = {**avatar.pop("file"), **avatar}
    return ChatbotDraft.model_validate_json(json.dumps(plain))


def is_branch(node: object, path: Path) -> bool:
    """Whether there are fields below this one."""
    return isinstance(node, dict) and not any(fits(path, pattern) for pattern in _WHOLE)


def _grown(node: Any, path: Path) -> Any:
    named = next((name for pattern, name in _NAMED.items() if fits(path, pattern)), None)
    if isinstance(node, list) and named is not None:
        return _entries(node, named, path)
    if is_branch(node, path):
        return {name: _grown(inner, (*path, name)) for name, inner in node.items()}
    return node


def _entries(items: list[Any], field: str, path: Path) -> Entries:
    entries = Entries()
    for item in items:
        name = wanted = _name_of(item, field)
        repeat = 2
        while name in entries:
            name = f"{wanted} ({repeat})"
            repeat += 1
        entries[name] = _grown(item, (*path, name))
    return entries


def _name_of(item: Any, field: str) -> str:
    value = item[field] if field else item
    if isinstance(value, dict):
        return str(value["name"]) if "sha256" in value else json.dumps(value, sort_keys=True)
    return str(value)


def _plain(node: Any) -> Any:
    if isinstance(node, Entries):
        return [_plain(inner) for inner in node.values()]
    if isinstance(node, dict):
        return {name: _plain(inner) for name, inner in node.items()}
    return node
