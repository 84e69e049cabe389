"""What the rules may ask about a page, its visitor and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.contract.placement import Device


@dataclass(frozen=True)
class PageFacts:
    """One look at one page."""

    path: str = "/"
    """The whole path, without query and hash, such as `/shop/chairs`."""
    query: str = ""
    """As it stands in the address, with or without its question mark."""
    referrer: str = ""
    """Host that the visitor came to the site from; empty when from none."""
    device: Device = "desktop"
    width: int = 1280
    """Of the viewport, in CSS pixels."""
    languages: tuple[str, ...] = ("en",)
    """The visitor's, as BCP 47 tags, best first."""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    """Aware of its zone."""
    time_zone: str = "UTC"
    """The visitor's own, as IANA name."""
    visits: int = 1
    """Which visit this is; the first is 1."""
    audience: Mapping[str, str] = field(default_factory=dict)
    visitor_key: str = ""
    """What tells visitors apart, and stays with them."""
    embed_id: str = ""
    seconds: float = 0.0
    """On the page so far."""
    scroll: float = 0.0
    """How far down the visitor has been, in percent; 100 where nothing scrolls."""
    left_at_top: bool = False
    """The pointer has left the page at its top."""
