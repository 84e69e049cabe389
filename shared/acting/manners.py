"""The four manners of moving. One table for director, desk and page: the page's copy is widget/src/stage/manners.json.

| preset       | a gesture at most every | gain | loudest | life | pace | stories |
|--------------|-------------------------|------|---------|------|------|---------|
| receptionist | 6 s                     | 0.8  | 0.75    | 0.6  | 0.6  | no      |
| friendly     | 3 s                     | 1.0  | 0.9     | 1.0  | 1.0  | no      |
| lively       | 3 s                     | 1.15 | 1.0     | 1.25 | 1.4  | no      |
| cartoon      | 2 s                     | 1.35 | 1.0     | 1.6  | 1.8  | yes     |
"""

from dataclasses import dataclass
from typing import Final

from shared.contract.acting import Preset


@dataclass(frozen=True, slots=True)
class Manner:
    """How much a preset moves."""

    gesture_every_seconds: float
    gain: float
    """Scales every intensity."""
    loudest: float
    """No cue is stronger."""
    life: float = 1.0
    """Scales what nobody asks for: breathing, the bob of talking, the reach of glances."""
    pace: float = 1.0
    """How often that happens: variants of idling and of talking, nods of listening, glances. Blinking keeps its own."""
    stories: bool = False
    """Plays the roles that are off by default."""

    def loud(self, intensity: float) -> float:
        """How strongly something that asks for this intensity is acted."""
        return min(self.loudest, intensity * self.gain)


MANNERS: Final[dict[Preset, Manner]] = {
    "receptionist": Manner(6.0, 0.8, 0.75, life=0.6, pace=0.6),
    "friendly": Manner(3.0, 1.0, 0.9),
    "lively": Manner(3.0, 1.15, 1.0, life=1.25, pace=1.4),
    "cartoon": Manner(2.0, 1.35, 1.0, life=1.6, pace=1.8, stories=True),
}
