"""Where and when an embed shows itself on a page: rules as data, evaluated in Python and TypeScript alike."""

from typing import Literal

from pydantic import Field

from shared.contract.base import Frozen


class Placement(Frozen):
    """Every given rule must hold; an empty rule holds always."""

    mode: Literal["bubble", "inline", "full"] = "bubble"
    side: Literal["left", "right"] = "right"
    include_paths: tuple[str, ...] = ()
    """Path patterns, `*` for any run of characters; matched against the page's whole path."""
    exclude_paths: tuple[str, ...] = ()
    devices: tuple[Literal["phone", "tablet", "desktop"], ...] = ()
    languages: tuple[str, ...] = ()
    delay_seconds: float = Field(default=0.0, ge=0, le=600)
    open_by_itself: bool = False
