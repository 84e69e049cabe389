"""Design tokens: every colour, distance and size of the studio's look. Nothing else names a colour."""

from dataclasses import dataclass

FONT_FAMILIES = (
    "Inter", "SF Pro Text", "Segoe UI Variable Text", "Segoe UI", "Cantarell", "Ubuntu", "Noto Sans", "Roboto",
    "Liberation Sans", "DejaVu Sans",
)  # fmt: skip
"""The first that the system has; all are made for screens."""
MONOSPACE_FAMILIES = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "Noto Sans Mono", "Liberation Mono", "monospace")

CAPTION, BODY, STRONG, TITLE, DISPLAY = 11, 13, 14, 19, 30
"""Type scale in pixels."""
HAIR, TIGHT, SNUG, ROOM, WIDE, VAST = 4, 8, 12, 16, 24, 40
"""Distances in pixels."""
SCROLL_BAR = 10
"""Width in pixels."""
RADIUS_SMALL, RADIUS, RADIUS_LARGE = 5, 8, 12
"""Corner radii in pixels."""


@dataclass(frozen=True)
class Palette:
    """The colours of one appearance, as #rrggbb. Text on `ground`, `surface` and `raised` passes WCAG AA."""

    dark: bool
    ground: str
    """Behind everything: rail and top bar."""
    surface: str
    """Panels."""
    raised: str
    """Cards and buttons on a panel."""
    hover: str
    sunken: str
    """Fields to write in."""
    line: str
    line_strong: str
    text: str
    muted: str
    faint: str
    """Hints and icons that wait; for large or decorative marks only."""
    accent: str
    accent_hover: str
    accent_soft: str
    """Behind what is chosen."""
    accent_text: str
    """The accent as text on a surface."""
    on_accent: str
    fine: str
    fine_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    stage_top: str
    stage_bottom: str
    """The viewport's backdrop, from above to below."""


DARK = Palette(
    dark=True,
    ground="#131418", surface="#1a1c21", raised="#23262d", hover="#2c3038", sunken="#141519",
    line="#2a2d35", line_strong="#3b3f4a",
    text="#eceef2", muted="#a3a9b6", faint="#6d7482",
    accent="#5b6cf0", accent_hover="#6d7df7", accent_soft="#272c4a", accent_text="#a5b0ff", on_accent="#ffffff",
    fine="#45c08f", fine_soft="#17332a", warning="#e8b04a", warning_soft="#3a2f18",
    danger="#f2726f", danger_soft="#3d2123",
    stage_top="#2b2f38", stage_bottom="#17181d",
)  # fmt: skip

LIGHT = Palette(
    dark=False,
    ground="#eceef2", surface="#f8f9fb", raised="#ffffff", hover="#eef0f5", sunken="#ffffff",
    line="#e0e3ea", line_strong="#c5cad5",
    text="#1b1e26", muted="#5a6170", faint="#8b92a1",
    accent="#4a5be0", accent_hover="#3c4ccb", accent_soft="#e4e7fd", accent_text="#3c4ccb", on_accent="#ffffff",
    fine="#14805a", fine_soft="#dcf3e9", warning="#94600a", warning_soft="#fbefd6",
    danger="#c0322f", danger_soft="#fbe3e2",
    stage_top="#f4f5f8", stage_bottom="#d5d9e2",
)  # fmt: skip
