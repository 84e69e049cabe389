"""A few pages by three devices: where the widget would show itself, at one glance."""

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from shared.contract.placement import Device, Placement
from shared.placement.evaluating import decide
from shared.placement.facts import PageFacts
from studio.model.placement_words import verdict_text
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT

DEVICES: tuple[Device, ...] = get_args(Device)
USUAL_PAGES = ("/", "/pricing", "/about", "/checkout")
MOST_PAGES = 5
STATES = {"shown": ("check", "fine"), "hidden": ("eye-off", "faint"), "waiting": ("hourglass", "warning")}


class Matrix(QWidget):
    """A mark for each page and device; its tooltip is the whole verdict."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, HAIR, 0, 0)
        self._grid.setHorizontalSpacing(TIGHT)
        self._grid.setVerticalSpacing(HAIR)
        self._grid.setColumnStretch(0, 1)
        self.names = [ElidedLabel() for _ in range(MOST_PAGES)]
        self.marks = {
            (page, device): IconLabel(theme, "check", "fine", 15) for page in range(MOST_PAGES) for device in DEVICES
        }
        self.states: dict[tuple[str, Device], str] = {}
        for place, device in enumerate(DEVICES, start=1):
            title = label(device.capitalize(), "caption")
            title.setFixedWidth(64)
            self._grid.addWidget(title, 0, place, Qt.AlignmentFlag.AlignHCenter)
            title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page, name in enumerate(self.names):
            self._grid.addWidget(name, page + 1, 0)
            for place, device in enumerate(DEVICES, start=1):
                self._grid.addWidget(self.marks[page, device], page + 1, place, Qt.AlignmentFlag.AlignHCenter)

    def show_matrix(self, placement: Placement, facts: Callable[[str, Device], PageFacts], path: str) -> None:
        """Judge the usual pages and `path`, for a visitor that `facts` makes up."""
        pages = _pages(placement, path)
        self.states = {}
        for place, name in enumerate(self.names):
            name.setVisible(place < len(pages))
            name.show_text(pages[place] if place < len(pages) else "")
            for device in DEVICES:
                mark = self.marks[place, device]
                mark.setVisible(place < len(pages))
                if place < len(pages):
                    self._show_mark(mark, placement, facts(pages[place], device))

    def _show_mark(self, mark: IconLabel, placement: Placement, facts: PageFacts) -> None:
        verdict = decide(placement, facts)
        self.states[facts.path, facts.device] = verdict.state
        mark.show_icon(*STATES[verdict.state])
        mark.setToolTip(verdict_text(placement, facts, verdict))


def _pages(placement: Placement, path: str) -> tuple[str, ...]:
    """The page that is tried, what the rules name, and the usual ones."""
    named = (pattern.replace("*", "") for pattern in (*placement.include_paths, *placement.exclude_paths))
    candidates = (path, *(page for page in named if page.startswith("/")), *USUAL_PAGES)
    return tuple(dict.fromkeys(candidates))[:MOST_PAGES]
