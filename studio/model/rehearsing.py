"""Pure edits of what rehearsing leaves in a draft: the designer's rules and the saved conversations."""

from shared.contract.acting import CueRule
from shared.contract.chatbot import ChatbotDraft
from shared.contract.rehearsal import Rehearsal

MOST_RULES, MOST_REHEARSALS = 500, 100
"""Source: shared.contract, ActingMap and ChatbotDraft."""


def with_rules(draft: ChatbotDraft, rules: tuple[CueRule, ...]) -> ChatbotDraft:
    """The draft with exactly these rules, in this order."""
    return draft.model_copy(update={"acting": draft.acting.model_copy(update={"rules": rules[:MOST_RULES]})})


def with_rule_added(draft: ChatbotDraft, rule: CueRule) -> ChatbotDraft:
    """The draft with a rule before all others, for the first that fits decides; one for the same words is replaced."""
    others = tuple(one for one in draft.acting.rules if _same(one.words) != _same(rule.words))
    return with_rules(draft, (rule, *others))


def with_rule_changed(draft: ChatbotDraft, place: int, **fields: object) -> ChatbotDraft:
    """The draft with some fields of one rule replaced and checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    rules = draft.acting.rules
    changed = CueRule.model_validate({**rules[place].model_dump(), **fields})
    return with_rules(draft, (*rules[:place], changed, *rules[place + 1 :]))


def without_rule(draft: ChatbotDraft, place: int) -> ChatbotDraft:
    """The draft without one rule."""
    rules = draft.acting.rules
    return with_rules(draft, (*rules[:place], *rules[place + 1 :]))


def with_rule_moved(draft: ChatbotDraft, place: int, to: int) -> ChatbotDraft:
    """The draft where a rule stands elsewhere among the others; beyond either end is the end."""
    rules = list(draft.acting.rules)
    rule = rules.pop(place)
    rules.insert(min(max(to, 0), len(rules)), rule)
    return with_rules(draft, tuple(rules))


def with_rehearsal_added(draft: ChatbotDraft, rehearsal: Rehearsal) -> ChatbotDraft:
    """The draft with one more saved conversation, the newest first."""
    return _with(draft, (rehearsal, *draft.rehearsals)[:MOST_REHEARSALS])


def with_rehearsal(draft: ChatbotDraft, place: int, rehearsal: Rehearsal) -> ChatbotDraft:
    """The draft with another saved conversation at a place."""
    kept = draft.rehearsals
    return _with(draft, (*kept[:place], rehearsal, *kept[place + 1 :]))


def without_rehearsal(draft: ChatbotDraft, place: int) -> ChatbotDraft:
    """The draft without one saved conversation."""
    kept = draft.rehearsals
    return _with(draft, (*kept[:place], *kept[place + 1 :]))


def free_name(draft: ChatbotDraft, wanted: str) -> str:
    """A name that no saved conversation has yet."""
    taken = {rehearsal.name for rehearsal in draft.rehearsals}
    short = wanted.strip()[:60].strip() or "Conversation"
    names = (short, *(f"{short} ({number})" for number in range(2, MOST_REHEARSALS + 2)))
    return next(name for name in names if name not in taken)


def _with(draft: ChatbotDraft, rehearsals: tuple[Rehearsal, ...]) -> ChatbotDraft:
    return draft.model_copy(update={"rehearsals": rehearsals})


def _same(words: str) -> str:
    return " ".join(words.split()).casefold()
