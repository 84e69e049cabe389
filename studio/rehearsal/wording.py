"""What a trace says, in the words of the cue timeline, and the rules that a cue can become."""

from shared.contract.acting import CueRule
from shared.contract.turn import TurnCue
from shared.dialogue.trace import NOBODY, ConsideredCue, SaidClause, sentence_of

_EDGES = " \t\n.,;:!?…—-\"'“”„«»()[]*_`#"
SOURCES = {
    "designer": "your rule",
    "marker": "the model's marker",
    "event": "an event of the turn",
    "rule": "how the sentence begins",
    "classifier": "the sense of the sentence",
}
"""Who asked for a cue, for people."""


def cue_title(cue: ConsideredCue) -> str:
    """What a cue does, or would have done: `Nod · happy 0.7`."""
    if cue.rule is not None and cue.rule.suppress:
        return "Nothing here"
    decision = cue.decision
    emotion = decision.emotion if decision else cue.intent.emotion
    intensity = decision.intensity if decision else cue.intent.intensity
    role = decision.role if decision else cue.intent.role
    body = role.replace("_", " ").capitalize() if role else "Face"
    return f"{body} · {emotion} {intensity:.1f}"


def cue_note(cue: ConsideredCue) -> str:
    """The second line under a cue: why it was held back, else who asked for it and how surely."""
    if cue.reason is not None:
        return sentence_of(cue.reason)
    if cue.intent.source == "designer":
        return "your rule"
    return f"{cue.intent.source} · {round(cue.intent.confidence * 100)} %"


def cue_facts(cue: ConsideredCue, clause: SaidClause | None) -> str:
    """Everything about a cue, in a sentence or two."""
    asked = cue.intent
    parts = [f"{cue_title(cue)}, asked for by {SOURCES[asked.source]}, {round(asked.confidence * 100)} % sure"]
    if cue.decision is not None:
        parts.append(f"clip {cue.decision.clip}" if cue.decision.clip else "no clip: face and head")
    if cue.fate == "face" and asked.role is not None:
        parts.append(f"wanted {asked.role.replace('_', ' ')}")
    if cue.reason is not None:
        parts.append(sentence_of(cue.reason))
    told = "; ".join(parts)
    return f"{told}. At “{clause.words}”." if clause is not None else f"{told}."


def plain_words(clause: SaidClause | None) -> str:
    """The words of a clause as a rule looks for them: without citation marks and outer punctuation."""
    return clause.words.strip(_EDGES)[:200].strip() if clause is not None else ""


def rule_of(cue: ConsideredCue, clause: SaidClause | None) -> CueRule | None:
    """The rule that pins a cue as it was acted, or as it was asked for; None where there are no words to pin it to."""
    words = plain_words(clause)
    if not words:
        return None
    decision, asked = cue.decision, cue.intent
    return CueRule(
        words=words,
        emotion=decision.emotion if decision else asked.emotion,
        intensity=decision.intensity if decision else asked.intensity,
        role=(decision.role if decision else None) or asked.role,
        clip=decision.clip if decision else None,
    )


def sendable(cue: ConsideredCue) -> TurnCue | None:
    """The cue as a stage gets it; None for one that was dropped."""
    decision = cue.decision
    if decision is None:
        return None
    return TurnCue(
        turn_id=NOBODY,
        seq=0,
        role=decision.role,
        emotion=decision.emotion,
        intensity=decision.intensity,
        clip=decision.clip,
        offset=cue.offset,
        shown_offset=cue.shown_offset,
        source=cue.intent.source,
        confidence=cue.intent.confidence,
    )
