"""Two designers, one chatbot: their drafts merged field by field against the draft that both began from.

What one side changed is taken. What both changed differently is a clash: it is chosen, and until then it is mine.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ValidationError

from shared.contract.chatbot import ChatbotDraft
from studio.model.fields import ABSENT, Entries, Path, Tree, draft_of, is_branch, tree_of
from studio.model.wording import order_of, title_of, value_words

Side = Literal["mine", "theirs"]
Choices = Mapping[Path, Side]
_MADE = ("optimised", "poster", "sprites", "card")


@dataclass(frozen=True)
class Clash:
    """A field that both sides changed, each in another way; an empty text is a field that is not there."""

    path: Path
    base: str
    mine: str
    theirs: str

    @property
    def title(self) -> str:
        """What the field is called."""
        return title_of(self.path)


@dataclass(frozen=True)
class Merge:
    """The draft that both sides make together, and what they could not agree on."""

    draft: ChatbotDraft
    clashes: tuple[Clash, ...]


@dataclass
class _Merging:
    choices: Choices
    whole: frozenset[Path]
    """Lists that cannot be merged entry by entry: together they would be longer than the contract allows."""
    clashes: list[Clash] = field(default_factory=list)


def merge(base: ChatbotDraft, mine: ChatbotDraft, theirs: ChatbotDraft, choices: Choices | None = None) -> Merge:
    """Merge two drafts.

    Args:
        base: the draft that both were made from.
        choices: which side is taken where they clash; mine where nothing is chosen.
    """
    whole: frozenset[Path] = frozenset()
    while True:
        merging = _Merging(choices or {}, whole)
        tree = _merged(merging, tree_of(base), tree_of(mine), tree_of(theirs), ())
        try:
            return Merge(draft_of(tree), tuple(merging.clashes))
        except ValidationError as error:
            too_long = frozenset(_list_of(tree, fault["loc"]) for fault in error.errors()) - whole
            if not too_long:
                raise
            whole |= too_long


def _list_of(tree: Tree, place: tuple[int | str, ...]) -> Path:
    """The list that a fault lies in: entries go by name in our trees, by number in the fault."""
    path: Path = ()
    node: Any = tree
    for part in place:
        if not isinstance(node, dict) or isinstance(node, Entries):
            break
        path, node = (*path, str(part)), node.get(str(part))
    return path


def _merged(merging: _Merging, base: Any, mine: Any, theirs: Any, path: Path) -> Any:
    settled = _settled(base, mine, theirs)
    if settled is not None:
        return settled[0]
    if path == ("avatar", "file"):
        return _merged_file(merging, base, mine, theirs, path)
    if path in merging.whole or not (is_branch(mine, path) and is_branch(theirs, path)):
        return _chosen(merging, base, mine, theirs, path)
    before = base if is_branch(base, path) else type(mine)()
    there: Tree = {}
    for name in dict.fromkeys((*before, *mine, *theirs)):
        sides = before.get(name, ABSENT), mine.get(name, ABSENT), theirs.get(name, ABSENT)
        taken = _merged(merging, *sides, (*path, name))
        if taken is not ABSENT:
            there[name] = taken
    if not isinstance(mine, Entries):
        return there
    # The order may not depend on what is chosen about an entry, or choosing would raise new questions.
    asked = {clash.path[-1] for clash in merging.clashes if clash.path[:-1] == path}
    names = _order(merging, before, mine, theirs, there.keys() | asked, path)
    return Entries((name, there[name]) for name in names if name in there)


def _settled(base: Any, mine: Any, theirs: Any) -> tuple[Any] | None:
    """What there is to take where at most one side changed something; None where both did."""
    if _same(mine, theirs) or _same(theirs, base):
        return (mine,)
    return (theirs,) if _same(mine, base) else None


def _same(one: Any, other: Any) -> bool:
    """Whether two nodes say the same; the order of entries counts, that of a map's keys does not."""
    if isinstance(one, Entries) and isinstance(other, Entries) and list(one) != list(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    return type(one) is type(other) and bool(one == other)


def _chosen(merging: _Merging, base: Any, mine: Any, theirs: Any, path: Path) -> Any:
    words = (value_words(side, path) for side in (base, mine, theirs))
    merging.clashes.append(Clash(path, *words))
    return theirs if merging.choices.get(path) == "theirs" else mine


def _merged_file(merging: _Merging, base: Any, mine: Any, theirs: Any, path: Path) -> Any:
    """What is made from an avatar goes with it, and is no reason to ask: publishing makes it again."""
    glbs = [side.get("glb") if side is not ABSENT else None for side in (base, mine, theirs)]
    if glbs[1] == glbs[2]:
        return {**mine, **{name: mine[name] if mine[name] == theirs[name] else None for name in _MADE}}
    settled = _settled(*glbs)
    if settled is None:
        return _chosen(merging, base, mine, theirs, path)
    return mine if settled[0] is glbs[1] else theirs


def _order(merging: _Merging, base: Entries, mine: Entries, theirs: Entries, there: Set[str], path: Path) -> list[str]:
    """The names that are or may be there, in an order that both sides can recognise."""
    kept = [name for name in base if name in there]
    orders = [[name for name in side if name in set(kept)] for side in (mine, theirs)]
    moved = [order for order in orders if order != [name for name in kept if name in set(order)]]
    spine = kept
    if len(moved) == 1 or (len(moved) == 2 and moved[0] == moved[1]):
        spine = _filled(moved[0], kept)
    elif moved:
        spine = _chosen_order(merging, kept, orders, path)
    return _with_additions(spine, mine, theirs, there)


def _chosen_order(merging: _Merging, kept: list[str], orders: list[list[str]], path: Path) -> list[str]:
    place = order_of(path)
    merging.clashes.append(Clash(place, *(", ".join(names) for names in (kept, *orders))))
    return _filled(orders[1 if merging.choices.get(place) == "theirs" else 0], kept)


def _filled(order: list[str], kept: list[str]) -> list[str]:
    """An order with the names that its side had removed put back, each behind what it stood behind."""
    filled = list(order)
    for place, name in enumerate(kept):
        if name not in filled:
            before = next((other for other in reversed(kept[:place]) if other in filled), None)
            filled.insert(filled.index(before) + 1 if before else 0, name)
    return filled


def _with_additions(spine: list[str], mine: Entries, theirs: Entries, there: Set[str]) -> list[str]:
    """New names behind the same neighbour as on their side; of two sides' at one place the smaller come first."""
    gaps: dict[str | None, list[list[str]]] = {}
    for side in (mine, theirs):
        neighbour: str | None = None
        own: dict[str | None, list[str]] = {}
        for name in side:
            if name in set(spine):
                neighbour = name
            elif name in there:
                own.setdefault(neighbour, []).append(name)
        for place, names in own.items():
            gaps.setdefault(place, []).append(names)
    return list(dict.fromkeys(name for place in (None, *spine) for name in _at(place, gaps)))


def _at(place: str | None, gaps: Mapping[str | None, list[list[str]]]) -> list[str]:
    added = [name for names in sorted(gaps.get(place, [])) for name in names]
    return [*([place] if place is not None else []), *added]
