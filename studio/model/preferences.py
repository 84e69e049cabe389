"""What a person chose on this desk: not part of any project, kept between starts."""

from typing import Literal

from pydantic import Field

from shared.contract.base import Frozen

Appearance = Literal["system", "light", "dark"]
Smoothing = Literal["auto", "edges", "multisample", "none"]
MAXIMUM_RECENT = 12


class ViewportChoices(Frozen):
    """What the viewport shows beside the avatar, and how."""

    framing: Literal["full", "half", "bust"] = "full"
    grid: bool = False
    skeleton: bool = False
    wireframe: bool = False
    statistics: bool = False
    turntable: bool = False
    smoothing: Smoothing = "auto"
    """Of edges. By itself: multisampled with a graphics card, in the finished picture without one."""
    tone: Literal["neutral", "aces"] = "neutral"
    """How light becomes colour; visitors see "neutral"."""


class Preferences(Frozen):
    """The desk's own choices. Folders are absolute paths as text."""

    appearance: Appearance = "system"
    recent: tuple[str, ...] = ()
    """Project folders, the last opened first."""
    server: str = "http://127.0.0.1:8460"
    email: str = ""
    geometry: str = ""
    """The window's place and size as Qt gave it, in base64."""
    panel_width: int = Field(default=460, ge=320, le=900)
    last_folder: str = ""
    viewport: ViewportChoices = ViewportChoices()
    toured: bool = False
    """Whether the tour has been taken, or ended, on this desk."""

    def with_recent(self, folder: str) -> "Preferences":
        """These preferences with `folder` as the last opened project."""
        others = tuple(other for other in self.recent if other != folder)
        return self.model_copy(update={"recent": (folder, *others)[:MAXIMUM_RECENT]})

    def without_recent(self, folder: str) -> "Preferences":
        """These preferences without `folder` among the recent projects."""
        return self.model_copy(update={"recent": tuple(other for other in self.recent if other != folder)})
