"""Acting an answer again from its own words: other rules, other cues, and no model is asked."""

from dataclasses import replace

from shared.acting.director import Director
from shared.contract.acting import ActingMap
from shared.contract.turn import TurnCue
from shared.dialogue.outlet import Stamps
from shared.dialogue.script import Script
from shared.dialogue.trace import Staging, TurnTrace


def staged_script(staging: Staging, stamps: Stamps, acting: ActingMap, trace: TurnTrace) -> Script:
    """The script of an answer that is acted from `staging`; the same staging and map decide the same."""
    director = Director(acting, staging.turn_id.int, staging.recent_clips)
    return Script(stamps, director, staging.found, staging.opening, staging.citing, trace)


def restaged(trace: TurnTrace, acting: ActingMap) -> tuple[TurnTrace, list[TurnCue]]:
    """What the same answer would be acted like by another acting map.

    Returns: a trace with the other cues, and those that would be sent, in their order.
    """
    staging = trace.staging
    again = replace(trace, cues=[], clauses=[])
    script = staged_script(staging, Stamps(staging.turn_id), acting, again)
    script.feed(staging.reply)
    for moment in staging.endings:
        if moment != "error":
            script.act(moment)
    script.close()
    if "error" in staging.endings:
        script.act("error")
    return again, [event for event in script.take() if isinstance(event, TurnCue)]
