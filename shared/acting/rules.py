"""The designer's rules: at these words, act like this. Found in clauses, as whole words, without regard to case."""

import re
from collections.abc import Sequence
from functools import lru_cache

from shared.acting.clauses import LONGEST_CLAUSE, ClauseCutter
from shared.acting.moments import Intent
from shared.contract.acting import CueRule

DESIGNER_CONFIDENCE = 1.0


def rule_for(clause: str, rules: Sequence[CueRule]) -> tuple[CueRule, int] | None:
    """The first rule that fits a clause, with the place of its words in it; None where the clause is free."""
    for rule in rules:
        place = place_of(rule.words, clause)
        if place is not None:
            return rule, place
    return None


def place_of(words: str, text: str) -> int | None:
    """Where the words stand in a text, or None."""
    pattern = _pattern(words)
    found = pattern.search(text) if pattern else None
    return found.start() if found else None


def intent_of_rule(rule: CueRule) -> Intent:
    """What a rule asks to be acted. Not for one that suppresses."""
    return Intent(rule.role, rule.emotion, rule.intensity, "designer", DESIGNER_CONFIDENCE, rule.clip)


def can_fit(words: str) -> bool:
    """Could any clause hold these words? Not when a comma or a full stop parts them, nor when they are too many."""
    cutter = ClauseCutter()
    bare = words.strip().rstrip(".,;:!?")
    clauses = [*cutter.feed(bare), *cutter.close()]
    return len(bare) <= LONGEST_CLAUSE and len(clauses) == 1 and _pattern(words) is not None


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str] | None:
    bare = words.split()
    if not bare:
        return None
    inner = r"\s+".join(re.escape(word) for word in bare)
    before = r"(?<!\w)" if bare[0][0].isalnum() else ""
    after = r"(?!\w)" if bare[-1][-1].isalnum() else ""
    return re.compile(f"{before}{inner}{after}", re.IGNORECASE)
