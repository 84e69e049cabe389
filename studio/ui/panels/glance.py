"""A glance at a clip: it plays while the pointer rests on it, and what played before goes on afterwards."""

from studio.ui.viewport.actor import Actor


class Glance:
    """Borrows the actor, and gives it back as it was."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.clip: str | None = None
        """What is glanced at."""
        self._before: tuple[str | None, float | None] = (None, None)

    def at(self, clip: str | None) -> None:
        """Look at a clip; None looks away."""
        if clip is None:
            self._look_away()
        elif clip != self._actor.playing:
            if self.clip is None or self._actor.playing != self.clip:
                held = self._actor.clip_place if self._actor.paused else None
                self._before = (self._actor.playing, held)
            self.clip = clip
            self._actor.audition(clip)

    def keep(self) -> None:
        """What is looked at was chosen: it stays when the pointer leaves."""
        self.clip = None

    def _look_away(self) -> None:
        clip, self.clip = self.clip, None
        if clip is None or self._actor.playing != clip:
            return
        before, held = self._before
        if before is None:
            self._actor.rest()
        else:
            self._actor.audition(before)
            if held is not None:
                self._actor.seek(held)
