"""Names taken apart into words: what riggers call things, whatever their prefixes, dots and capitals."""

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def words_of(name: str) -> tuple[str, ...]:
    """Lower-case words of a name: "mixamorig:LeftHand" to ("mixamorig", "left", "hand"), "hand.l" to ("hand", "l")."""
    return tuple(word.lower() for word in _WORD.findall(name))


def squeezed(name: str) -> str:
    """A name in lower case without anything but letters and digits: "Viseme_AA" and "viseme aa" become equal."""
    return "".join(letter for letter in name.lower() if letter.isalnum())
