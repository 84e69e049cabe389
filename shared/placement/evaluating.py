"""The decision itself: every given rule looked at, and what follows from them together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shared.contract.placement import Placement
from shared.placement.facts import PageFacts
from shared.placement.patterns import clock_in, matches, matches_host, share_of, speaks, values_of, within

State = Literal["shown", "hidden", "waiting"]
Rule = Literal[
    "include_paths", "exclude_paths", "query", "referrers", "devices", "minimum_width", "languages", "hours",
    "minimum_visits", "maximum_visits", "audience", "percentage", "delay_seconds", "scroll_percent", "exit_intent",
]  # fmt: skip
"""Named as the placement's fields."""
TRIGGERS: tuple[Rule, ...] = ("delay_seconds", "scroll_percent", "exit_intent")
"""Rules that come true while the visitor stays: until then the widget waits."""


@dataclass(frozen=True)
class Check:
    """One given rule, and whether it holds."""

    rule: Rule
    holds: bool


@dataclass(frozen=True)
class Verdict:
    """What becomes of the widget on a page."""

    state: State
    checks: tuple[Check, ...]
    """Of all given rules, in the order of `Rule`."""

    @property
    def unmet(self) -> tuple[Rule, ...]:
        """The rules that the state follows from: those that hide it, or those that it waits for."""
        if self.state == "shown":
            return ()
        waits = self.state == "waiting"
        return tuple(check.rule for check in self.checks if not check.holds and (check.rule in TRIGGERS) == waits)


def decide(placement: Placement, facts: PageFacts) -> Verdict:
    """Hidden while a rule about page, visitor or hour fails; else waiting for its moment; else shown."""
    checks = tuple(given_checks(placement, facts))
    if not all(check.holds for check in checks if check.rule not in TRIGGERS):
        return Verdict("hidden", checks)
    return Verdict("shown" if _moment_came(checks) else "waiting", checks)


def given_rules(placement: Placement) -> tuple[Rule, ...]:
    """The rules that a placement gives, in the order of `Rule`."""
    return tuple(check.rule for check in given_checks(placement, PageFacts()))


def given_checks(placement: Placement, facts: PageFacts) -> Iterator[Check]:
    """Look at every rule that is given."""
    yield from _page_checks(placement, facts)
    yield from _visitor_checks(placement, facts)
    yield from _moment_checks(placement, facts)


def _moment_came(checks: tuple[Check, ...]) -> bool:
    steady = [check.holds for check in checks if check.rule in {"delay_seconds", "scroll_percent"}]
    leaving = [check.holds for check in checks if check.rule == "exit_intent"]
    if not leaving:
        return all(steady)
    return leaving[0] or (bool(steady) and all(steady))


def _page_checks(rules: Placement, page: PageFacts) -> Iterator[Check]:
    if rules.include_paths:
        yield Check("include_paths", any(matches(pattern, page.path) for pattern in rules.include_paths))
    if rules.exclude_paths:
        yield Check("exclude_paths", not any(matches(pattern, page.path) for pattern in rules.exclude_paths))
    if rules.query:
        found = (any(matches(p, value) for value in values_of(page.query, name)) for name, p in rules.query.items())
        yield Check("query", all(found))
    if rules.referrers:
        yield Check("referrers", any(matches_host(pattern, page.referrer) for pattern in rules.referrers))


def _visitor_checks(rules: Placement, page: PageFacts) -> Iterator[Check]:
    if rules.devices:
        yield Check("devices", page.device in rules.devices)
    if rules.minimum_width:
        yield Check("minimum_width", page.width >= rules.minimum_width)
    if rules.languages:
        yield Check("languages", any(speaks(page.languages, tag) for tag in rules.languages))
    if rules.hours:
        day, time = clock_in(page.now, rules.time_zone, page.time_zone)
        yield Check("hours", any(within(hours, day, time) for hours in rules.hours))
    if rules.minimum_visits > 1:
        yield Check("minimum_visits", page.visits >= rules.minimum_visits)
    if rules.maximum_visits is not None:
        yield Check("maximum_visits", page.visits <= rules.maximum_visits)
    if rules.audience:
        told = page.audience
        yield Check("audience", all(name in told and matches(p, told[name]) for name, p in rules.audience.items()))
    if rules.percentage < 100:
        yield Check("percentage", share_of(page.visitor_key, page.embed_id) < rules.percentage)


def _moment_checks(rules: Placement, page: PageFacts) -> Iterator[Check]:
    if rules.delay_seconds:
        yield Check("delay_seconds", page.seconds >= rules.delay_seconds)
    if rules.scroll_percent:
        yield Check("scroll_percent", page.scroll >= rules.scroll_percent)
    if rules.exit_intent:
        yield Check("exit_intent", page.left_at_top)
