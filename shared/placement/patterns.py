"""How a page's values are compared with what rules say. Each of these has a twin in `widget/src/placement.ts`."""

from collections.abc import Sequence
from datetime import datetime
from typing import get_args
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.contract.placement import Hours, Weekday

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_FNV_OFFSET, _FNV_PRIME = 0x811C9DC5, 0x01000193


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern, in which `*` is any run of characters, covers the whole text.

    No regular expression: a pattern of many stars could be made to backtrack without end.
    """
    head, *rest = pattern.split("*")
    if not rest:
        return text == pattern
    if not text.startswith(head):
        return False
    tail, place = rest.pop(), len(head)
    for part in rest:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return len(text) - len(tail) >= place and text.endswith(tail)


def matches_host(pattern: str, host: str) -> bool:
    """The same for hosts, which know no case; `*.example.org` is every host below that one, not itself."""
    return bool(host) and matches(pattern.lower(), host.lower())


def values_of(query: str, name: str) -> list[str]:
    """All values of a parameter in a page's query, decoded."""
    return [value for key, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True) if key == name]


def speaks(languages: Sequence[str], wanted: str) -> bool:
    """`en` covers `en-GB`; `en-GB` covers only itself and what is below it."""
    return any(f"{language}-".lower().startswith(f"{wanted}-".lower()) for language in languages)


def clock_in(now: datetime, zone: str, visitors_zone: str) -> tuple[Weekday, str]:
    """Day of the week and time of day, such as `09:30`, in `zone`, or the visitor's own where that is none."""
    for name in (zone, visitors_zone, "UTC"):
        try:
            local = now.astimezone(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
        return WEEKDAYS[local.weekday()], local.strftime("%H:%M")
    return WEEKDAYS[now.weekday()], now.strftime("%H:%M")


def within(hours: Hours, day: Weekday, time: str) -> bool:
    """Whether a moment lies in a span of the week."""
    starts_today = not hours.days or day in hours.days
    if hours.start == hours.end:
        return starts_today
    if hours.start < hours.end:
        return starts_today and hours.start <= time < hours.end
    yesterday = WEEKDAYS[WEEKDAYS.index(day) - 1]
    started_yesterday = not hours.days or yesterday in hours.days
    return (starts_today and time >= hours.start) or (started_yesterday and time < hours.end)


def share_of(visitor_key: str, embed_id: str) -> int:
    """Where a visitor stands among a hundred, always the same: 0 to 99.

    Source: FNV-1a, 32 bits, over UTF-16 code units, as JavaScript counts them.
    """
    units = f"{embed_id}:{visitor_key}".encode("utf-16-le", "surrogatepass")
    hashed = _FNV_OFFSET
    for place in range(0, len(units), 2):
        hashed = ((hashed ^ int.from_bytes(units[place : place + 2], "little")) * _FNV_PRIME) & 0xFFFFFFFF
    return hashed % 100
