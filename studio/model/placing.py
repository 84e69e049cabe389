"""The placement's rules as a designer meets them: a name for each, what adding it gives, what removing it leaves."""

from dataclasses import dataclass

from shared.contract.chatbot import ChatbotDraft
from shared.contract.placement import Hours, Placement
from shared.placement.evaluating import Rule, given_rules
from studio.model.looks import with_placement


@dataclass(frozen=True)
class RuleKind:
    """One kind of rule: how it is called, the icon before it, and what it is when it is new."""

    rule: Rule
    title: str
    icon: str
    hint: str
    begins_as: object


KINDS: tuple[RuleKind, ...] = (
    RuleKind("include_paths", "Only on pages", "file", "* stands for anything: /pricing*", ("/*",)),
    RuleKind("exclude_paths", "Not on pages", "ban", "* stands for anything: /checkout*", ("/checkout*",)),
    RuleKind("query", "Only with parameters", "link", "In the page's address, such as ?utm_source=mail", {"ref": "*"}),
    RuleKind("referrers", "Only for those who come from", "route", "Hosts; *.example.org is all below it",
             ("www.google.*",)),
    RuleKind("devices", "Only on devices", "monitor-smartphone", "", ("tablet", "desktop")),
    RuleKind("minimum_width", "Only in windows as wide as", "ruler", "In CSS pixels", 900),
    RuleKind("languages", "Only for those who read", "languages", "By the browser's languages", ("en",)),
    RuleKind("hours", "Only at certain hours", "clock", "An end before the start is on the next day",
             (Hours(days=("mon", "tue", "wed", "thu", "fri"), start="09:00", end="18:00"),)),
    RuleKind("minimum_visits", "Only from a visit on", "users", "Counted from when the rule is there", 2),
    RuleKind("maximum_visits", "Only up to a visit", "users", "Counted from when the rule is there", 3),
    RuleKind("audience", "Only for an audience", "target", "What your page tells by Troupe.identify({plan: \"pro\"})",
             {"plan": "pro"}),
    RuleKind("percentage", "Only for a share of visitors", "percent", "A visitor stays on the same side", 50),
    RuleKind("delay_seconds", "Only after a while", "timer", "Seconds on the page", 5.0),
    RuleKind("scroll_percent", "Only after scrolling", "arrow-down", "Percent of the page", 40),
    RuleKind("exit_intent", "When the pointer leaves", "log-out", "Phones have no pointer: add a delay", True),
)  # fmt: skip
KIND_OF: dict[Rule, RuleKind] = {kind.rule: kind for kind in KINDS}


def with_rule(draft: ChatbotDraft, rule: Rule) -> ChatbotDraft:
    """The draft with a new rule of a kind, as it begins."""
    return with_placement(draft, **{rule: KIND_OF[rule].begins_as})


def without_rule(draft: ChatbotDraft, rule: Rule) -> ChatbotDraft:
    """The draft where a rule asks nothing any more."""
    return with_placement(draft, **{rule: getattr(Placement(), rule)})


def kinds_to_add(placement: Placement) -> tuple[RuleKind, ...]:
    """The kinds that a placement has not yet."""
    given = given_rules(placement)
    return tuple(kind for kind in KINDS if kind.rule not in given)


def placement_advice(placement: Placement) -> str:
    """What these rules do that a designer may not expect; empty when nothing."""
    given = given_rules(placement)
    if "percentage" in given and placement.percentage == 0:
        return "Nobody is among 0 percent: the widget shows itself to no one."
    if placement.minimum_visits > (placement.maximum_visits or 1_000):
        return f"No visit is the {placement.minimum_visits}th or later and the {placement.maximum_visits}th at most."
    without_pointer = placement.exit_intent and not placement.delay_seconds and not placement.scroll_percent
    if without_pointer and (not placement.devices or "phone" in placement.devices):
        return "Phones have no pointer that could leave: add a delay or scrolling, or they never meet the widget."
    return ""
