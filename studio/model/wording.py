"""A draft's fields and values in the words that are on screen."""

from collections.abc import Mapping
from typing import Any

from studio.model.fields import ABSENT, Path, fits

_TITLES: Mapping[str, str] = {
    "name": "Name",
    "locale": "Language",
    "avatar": "Avatar",
    "avatar.file": "Avatar file",
    "avatar.licence": "Avatar's licence",
    "avatar.credit": "Avatar's credit",
    "acting.roles.*": "Role {0}",
    "acting.roles.*.*": "Role {0}: {1}",
    "acting.roles.*.*.*": "Role {0}: {2} of {1}",
    "acting.clips.*": "Settings of {0}",
    "acting.clips.*.*": "{1} of {0}",
    "acting.emotions.*": "Emotion {0}",
    "acting.emotions.*.*": "Emotion {0}: {1}",
    "acting.emotions.*.morphs.*": "Emotion {0}: {1} of the face",
    "acting.rules.*": "Rule for “{0}”",
    "acting.rules.*.*": "Rule for “{0}”: {1}",
    "acting.face.*": "Face: {0}",
    "acting.face.visemes.*": "Mouth shape {0}",
    "acting.preset": "Manner",
    "acting.snappiness": "Snappiness",
    "acting.front": "Front",
    "personality.role": "What it is",
    "personality.about": "Who it is",
    "personality.tone": "How it speaks",
    "personality.rules": "What else it keeps to",
    "personality.decline": "When it does not know",
    "personality.do": "What it always does",
    "personality.dont": "What it never does",
    "personality.do.*": "Always: {0}",
    "personality.dont.*": "Never: {0}",
    "personality.languages.*": "Language {0}",
    "personality.suggestions": "Suggested questions",
    "personality.suggestions.*": "Suggested question “{0}”",
    "personality.examples.*": "Example “{0}”",
    "personality.examples.*.*": "Example “{0}”: {1}",
    "personality.manner.*": "Tone: {0}",
    "personality.*": "{0}",
    "knowledge": "Documents",
    "knowledge.*": "Document {0}",
    "knowledge.*.blob": "Document {0}",
    "knowledge.*.*": "Document {0}: {1}",
    "gold": "Gold questions",
    "gold.*": "Gold question “{0}”",
    "gold.*.*": "Gold question “{0}”: {1}",
    "rehearsals": "Saved conversations",
    "rehearsals.*": "Conversation “{0}”",
    "rehearsals.*.*": "Conversation “{0}”",
    "look.accent": "Colour",
    "look.framing": "Framing",
    "look.texts.*": "Texts in {0}",
    "look.texts.*.*": "{1} in {0}",
    "look.*": "Look: {0}",
    "placement.include_paths": "Pages",
    "placement.include_paths.*": "Page {0}",
    "placement.exclude_paths.*": "Page left out: {0}",
    "placement.referrers.*": "Comes from {0}",
    "placement.devices.*": "Device {0}",
    "placement.languages.*": "Visitor's language {0}",
    "placement.hours.*": "Hours",
    "placement.query.*": "Address has {0}",
    "placement.audience.*": "Audience: {0}",
    "placement.*": "Placement: {0}",
    "models.provider": "Provider",
    "models.model": "Model",
    "models.fallbacks.*": "Fallback",
    "models.monthly_budget_micros": "Monthly budget",
    "models.*": "Model: {0}",
}
"""`{0}` is what stands at the first star, and so on; the last part of a path where a pattern has none."""
_ORDER = "order"
_MICROS = 1_000_000


def order_of(path: Path) -> Path:
    """The path that stands for the order of a list's entries."""
    return (*path, _ORDER)


def title_of(path: Path) -> str:
    """What a field is called, such as "Greeting" or "Role greet: Wave"."""
    if path[-1:] == (_ORDER,):
        return f"Order of {_lowered(title_of(path[:-1]))}"
    for pattern, title in _TITLES.items():
        if fits(path, pattern):
            parts = pattern.split(".")
            stars = [_plain(part) for part, wanted in zip(path, parts, strict=True) if wanted == "*"]
            return _raised(title.format(*stars))
    return _raised(": ".join(_plain(part) for part in path[-2:]))


def value_words(value: Any, path: Path = ()) -> str:
    """A field's value for people; an empty text where there is none."""
    if value is ABSENT or value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value / _MICROS:,.2f} US dollars" if path[-1:] == ("monthly_budget_micros",) else f"{value:g}"
    if isinstance(value, dict):
        return _object_words(value)
    if isinstance(value, list):
        return ", ".join(value_words(inner) for inner in value)
    return str(value)


def _object_words(value: dict[str, Any]) -> str:
    blob = value.get("glb") or value.get("blob") or value
    if "sha256" in blob:
        return f"{blob['name']} ({blob['bytes']:,} bytes)"
    told = ((_plain(name), value_words(inner)) for name, inner in value.items() if name != "fingerprint")
    return ", ".join(f"{name} {words}" for name, words in told if words)


def _plain(name: str) -> str:
    return name if " " in name else name.replace("_", " ")


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
