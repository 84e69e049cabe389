"""Rules and verdicts in words: "outside Mon-Fri 09:00-18:00", "on /pricing, phone, German, Tuesday 22:00: hidden"."""

from collections.abc import Callable, Iterable, Sequence

from shared.contract.placement import Hours, Placement, Weekday
from shared.dialogue.tongues import tongue
from shared.placement.evaluating import Rule, Verdict
from shared.placement.facts import PageFacts
from shared.placement.patterns import WEEKDAYS, clock_in

DAY_NAMES: dict[Weekday, str] = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words in a row: "a, b or c"."""
    *rest, end = tuple(words) or ("",)
    return f"{', '.join(rest)} {last} {end}" if rest else end


def days_text(days: Sequence[Weekday]) -> str:
    """Days of the week, those that follow each other as a span: "Mon-Wed, Fri"; none is every day."""
    if not days or len(set(days)) == len(WEEKDAYS):
        return "Every day"
    runs: list[list[Weekday]] = []
    for day in WEEKDAYS:
        if day not in days:
            continue
        if runs and WEEKDAYS.index(day) == WEEKDAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_span_of_days(run) for run in runs)


def hours_text(hours: Hours) -> str:
    """One span of the week: "Mon-Fri 09:00-18:00"."""
    if hours.start == hours.end:
        return f"{days_text(hours.days)}, all day"
    return f"{days_text(hours.days)} {hours.start}-{hours.end}"


def rule_text(rule: Rule, placement: Placement) -> str:
    """What a rule asks, in one readable line."""
    return _ASKED[rule](placement)


def reason(rule: Rule, placement: Placement, facts: PageFacts) -> str:
    """Why a rule does not hold, to be read after "because"."""
    return _REASONS[rule](placement, facts)


def situation(placement: Placement, facts: PageFacts) -> str:
    """Where and when: "on /pricing, phone, German, Tuesday 22:00"; the hour is that of the rule's zone."""
    day, time = clock_in(facts.now, placement.time_zone, facts.time_zone)
    return f"on {facts.path}, {facts.device}, {languages_text(facts.languages)}, {DAY_NAMES[day]} {time}"


def verdict_text(placement: Placement, facts: PageFacts, verdict: Verdict) -> str:
    """The whole sentence, with its reasons."""
    where = situation(placement, facts)
    if verdict.state == "shown":
        return f"{where[0].upper()}{where[1:]}: shown."
    reasons = listed((reason(rule, placement, facts) for rule in verdict.unmet), "and")
    word = "hidden" if verdict.state == "hidden" else "waiting"
    return f"{where[0].upper()}{where[1:]}: {word}, because {reasons}."


def languages_text(languages: Sequence[str]) -> str:
    """Languages by their names."""
    return listed((tongue(tag) for tag in languages), "and") or "no language"


def zone_text(placement: Placement) -> str:
    """Whose clock the hours are of."""
    return placement.time_zone or "by the visitor's clock"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _devices_text(placement: Placement) -> str:
    missing = [device for device in ("phone", "tablet", "desktop") if device not in placement.devices]
    if len(missing) == 1:
        return f"Not on {missing[0]}s"
    return f"Only on {listed(f'{device}s' for device in dict.fromkeys(placement.devices))}"


def _span_of_days(run: Sequence[Weekday]) -> str:
    first, last = DAY_NAMES[run[0]][:3], DAY_NAMES[run[-1]][:3]
    if len(run) == 1:
        return first
    return f"{first}-{last}" if len(run) > 2 else f"{first}, {last}"


def _pairs(rule: dict[str, str], between: str) -> str:
    return listed((f"{name}{between}{pattern}" for name, pattern in rule.items()), "and")


def _hours(placement: Placement) -> str:
    return f"{'; '.join(hours_text(hours) for hours in placement.hours)} {zone_text(placement)}"


_ASKED: dict[Rule, Callable[[Placement], str]] = {
    "include_paths": lambda p: f"Only on pages {listed(p.include_paths)}",
    "exclude_paths": lambda p: f"Not on pages {listed(p.exclude_paths)}",
    "query": lambda p: f"Only with {_pairs(p.query, '=')} in the address",
    "referrers": lambda p: f"Only for those who come from {listed(p.referrers)}",
    "devices": _devices_text,
    "minimum_width": lambda p: f"Only in windows {p.minimum_width} px wide or more",
    "languages": lambda p: f"Only for those who read {listed(tongue(tag) for tag in p.languages)}",
    "hours": _hours,
    "minimum_visits": lambda p: f"Only from the {ordinal(p.minimum_visits)} visit on",
    "maximum_visits": lambda p: f"Only up to the {ordinal(p.maximum_visits or 1)} visit",
    "audience": lambda p: f"Only where {_pairs(p.audience, ' is ')}",
    "percentage": lambda p: f"Only for {p.percentage} % of the visitors",
    "delay_seconds": lambda p: f"Only after {p.delay_seconds:g} s on the page",
    "scroll_percent": lambda p: f"Only after {p.scroll_percent} % of the page",
    "exit_intent": lambda _p: "When the pointer leaves the page at its top",
}
_REASONS: dict[Rule, Callable[[Placement, PageFacts], str]] = {
    "include_paths": lambda p, page: f"{page.path} is not among {listed(p.include_paths)}",
    "exclude_paths": lambda p, page: f"{page.path} is among {listed(p.exclude_paths)}",
    "query": lambda p, _page: f"the address lacks {_pairs(p.query, '=')}",
    "referrers": lambda p, page: (
        f"the visitor comes from {page.referrer or 'nowhere in particular'}, not from {listed(p.referrers)}"
    ),
    "devices": lambda _p, page: f"it is a {page.device}",
    "minimum_width": lambda p, page: f"the window is {page.width} px wide, not {p.minimum_width}",
    "languages": lambda _p, page: f"the visitor reads {languages_text(page.languages)}",
    "hours": lambda p, _page: f"it is outside {_hours(p)}",
    "minimum_visits": lambda p, page: (
        f"it is the {ordinal(page.visits)} visit, not yet the {ordinal(p.minimum_visits)}"
    ),
    "maximum_visits": lambda _p, page: f"it is the {ordinal(page.visits)} visit already",
    "audience": lambda p, _page: f"the page did not tell that {_pairs(p.audience, ' is ')}",
    "percentage": lambda p, _page: f"the visitor is not among the {p.percentage} %",
    "delay_seconds": lambda p, _page: f"{p.delay_seconds:g} s have not passed",
    "scroll_percent": lambda p, _page: f"{p.scroll_percent} % of the page have not been seen",
    "exit_intent": lambda _p, _page: "the pointer is still on the page",
}
