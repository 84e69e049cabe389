"""What the pages of the Acting panel share: pictures, health, the glance, and who is looked at."""

from PySide6.QtCore import QObject

from shared.glb import Glb
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.panels.acting_examiner import Examiner
from studio.ui.panels.clip_gallery import ClipGallery
from studio.ui.panels.glance import Glance


class ActingStage:
    """Pages ask it to show clips; the panel hears which clip is to be opened."""

    def __init__(self, bench: Bench, glb: Glb, owner: QObject) -> None:
        self.opened = Signal[[str]]()
        self.gallery = ClipGallery(bench, glb, owner)
        self.examiner = Examiner(bench, glb, owner)
        self.glance = Glance(bench.actor)
        self._bench = bench

    def toggle(self, clip: str) -> None:
        """Play a clip until it is stopped, or stop it; one that is only glanced at stays."""
        if self.glance.clip == clip:
            self.glance.keep()
        else:
            self._bench.actor.toggle(clip)

    def open_clip(self, clip: str) -> None:
        """Play a clip, and show how it is played."""
        self.glance.keep()
        if self._bench.actor.playing != clip:
            self._bench.actor.audition(clip)
        self.opened.emit(clip)
