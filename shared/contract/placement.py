"""Where and when an embed shows itself on a page: rules as data, evaluated in Python and TypeScript alike."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contract.base import Frozen, Locale, ShortText

Device = Literal["phone", "tablet", "desktop"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A time of day, such as `09:30`."""


class Hours(Frozen):
    """A span of the week. An end before the start reaches into the next day; an end equal to it is the whole day."""

    days: tuple[Weekday, ...] = ()
    """On which it starts; none: every day."""
    start: ClockTime = "00:00"
    end: ClockTime = "00:00"


class Placement(Frozen):
    """Every given rule must hold; an empty rule holds always."""

    mode: Literal["bubble", "inline", "full"] = "bubble"
    side: Literal["left", "right"] = "right"
    offset_x: int = Field(default=20, ge=0, le=400)
    """CSS pixels between the launcher and its side of the page."""
    offset_y: int = Field(default=20, ge=0, le=400)
    """CSS pixels between the launcher and the bottom of the page."""
    include_paths: tuple[str, ...] = ()
    """Path patterns, `*` for any run of characters; matched against the page's whole path."""
    exclude_paths: tuple[str, ...] = ()
    query: dict[ShortText, ShortText] = Field(default_factory=dict, max_length=20)
    """Parameters of the page's address that must be there with a value of this pattern."""
    referrers: tuple[str, ...] = Field(default=(), max_length=50)
    """Hosts that the visitor comes from; `*.example.org` for all below one."""
    devices: tuple[Device, ...] = ()
    minimum_width: int = Field(default=0, ge=0, le=10_000)
    """Of the viewport, in CSS pixels."""
    languages: tuple[str, ...] = ()
    time_zone: ShortText = ""
    """IANA name that `hours` are meant in; empty: the visitor's own."""
    hours: tuple[Hours, ...] = Field(default=(), max_length=20)
    """Shown within any of them."""
    minimum_visits: int = Field(default=0, ge=0, le=1_000)
    """This visit is the visitor's n-th or later."""
    maximum_visits: int | None = Field(default=None, ge=1, le=1_000)
    audience: dict[ShortText, ShortText] = Field(default_factory=dict, max_length=20)
    """Attributes that the page told by `identify`, each of this pattern."""
    percentage: int = Field(default=100, ge=0, le=100)
    """Share of the visitors that meet it; a visitor stays on the same side."""
    locale: Locale | None = None
    """The widget's language; None follows the page's visitor."""
    delay_seconds: float = Field(default=0.0, ge=0, le=600)
    scroll_percent: int = Field(default=0, ge=0, le=100)
    """How far down the page the visitor has scrolled before the launcher shows."""
    exit_intent: bool = False
    """Shows when the pointer leaves the page at its top; delay and scroll are then another way to be shown."""
    open_by_itself: bool = False
