"""One turn of a conversation: `open_turn` is the whole surface."""

from shared.dialogue.cast import Cast, TurnLimits
from shared.dialogue.outlet import TurnEvents
from shared.dialogue.turn import open_turn

__all__ = ["Cast", "TurnEvents", "TurnLimits", "open_turn"]
