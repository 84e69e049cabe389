"""From an avatar's measured clips to proposed roles, and to a first acting map.

Names come first, by whole words; names that say nothing are judged by their motion, at a confidence that asks the
designer. The measured bounds are those of 70 motion-capture clips: hands and head in body heights per second.
"""

from collections.abc import Sequence
from typing import Final

from shared.acting.emotions import emotion_faces
from shared.acting.names import NameReading, Words, common_prefix, read_name
from shared.acting.vocabulary import ACCEPTED_CONFIDENCE, LOOPED, POSTURES
from shared.contract.acting import ActingMap, ClipSettings, FaceRig, Role, RoleClip
from shared.contract.avatar import AvatarFacts, ClipFacts, RoleProposal

MOTION_CONFIDENCE: Final = 0.5
NUMB_BELOW: Final = 0.005
STILL_BELOW: Final = 0.10
RESTLESS_ABOVE: Final = 0.25
"""An idle that moves so much, such as a "Victory Idle", is something else."""
WILD_ABOVE: Final = 1.10
RAISED_SHARE: Final = 0.4
"""Measured on waving and cheering avatars: 0.44-0.72 of the clip; talking, presenting and nodding ones: none."""
STILL_HANDS: Final = 0.06
REACHING: Final = 0.22
"""Body heights that a hand goes at most when the head acts alone, and at least when it points or presents."""
TALKING_SECONDS: Final = 4.0
"""Shorter clips in which a hand reaches out are one gesture; longer ones go on and on, as talk does."""
HEAD_SECONDS: Final = 3.0
HEAD_SPEED: Final = 0.2
"""Nods and shakes last less, and move hands and head less on the whole."""
SWINGS: Final = 3
NODDING_DEGREES: Final = 18
SHAKING_DEGREES: Final = 20
HANGING_DEGREES: Final = 36
BOWING_DEGREES: Final = 48
LOOKING_DEGREES: Final = 60
"""Measured on five avatars with 87 named clips: nods 22-41 degrees up and down, listening 9-11; shakes 22-66 from side
to side; hanging heads 38-45, bows 52-53; looks around 74-95."""
LOOP_SEAM: Final = 0.05
"""Body heights between first and last pose below which a clip counts as a loop."""
BROKEN_SEAM: Final = 0.10
DRIFTING: Final = 0.15
HAND_ROLES: Final[frozenset[Role]] = frozenset({
    "greet", "goodbye", "present", "approve", "thank", "celebrate", "shrug", "dance",
})  # fmt: skip
"""Roles that nobody plays with the face alone."""
DOUBTED_CONFIDENCE: Final = 0.6
"""A posture that visibly does not loop, walks away or is restless is asked about even when its name is clear; so is a
gesture of hands in which nothing moves."""
SHORTEST_CLIP_SECONDS: Final = 0.2
"""Shorter clips are poses, not motion."""


def propose_roles(clips: Sequence[ClipFacts]) -> tuple[RoleProposal, ...]:
    """One proposal for each clip that may play a role, best first within a role.

    Clips whose names forbid a role (locomotion, combat) get none; `forbidden_clips` names them.
    """
    prefix = common_prefix([clip.name for clip in clips])
    proposals = [proposal for clip in clips if (proposal := _propose(clip, prefix))]
    return tuple(sorted(proposals, key=lambda one: (one.role, -one.confidence)))


def forbidden_clips(clips: Sequence[ClipFacts]) -> frozenset[str]:
    """Names of clips that are hidden by default."""
    prefix = common_prefix([clip.name for clip in clips])
    return frozenset(clip.name for clip in clips if read_name(clip.name, prefix).forbidden)


def _propose(clip: ClipFacts, prefix: Words) -> RoleProposal | None:
    reading = read_name(clip.name, prefix)
    if reading.forbidden:
        return None
    if reading.role is not None:
        return RoleProposal(role=reading.role, clip=clip.name, confidence=_trusted(reading, clip), source="name")
    if clip.seconds < SHORTEST_CLIP_SECONDS:
        return None
    return RoleProposal(role=_role_of_motion(clip), clip=clip.name, confidence=MOTION_CONFIDENCE, source="motion")


def _trusted(reading: NameReading, clip: ClipFacts) -> float:
    restless = reading.role == "idle" and clip.mean_speed > RESTLESS_ABOVE
    unfit = clip.seam_error > BROKEN_SEAM or clip.root_drift > DRIFTING or restless
    numb = reading.role in HAND_ROLES and clip.mean_speed < NUMB_BELOW
    if numb or (reading.role in POSTURES and unfit):
        return min(reading.confidence, DOUBTED_CONFIDENCE)
    return reading.confidence


def _role_of_motion(clip: ClipFacts) -> Role:
    """What a motion looks like. Heads first: what they do with still hands is the plainest."""
    if clip.mean_speed > WILD_ABOVE:
        return "dance"
    if clip.hands_raised >= RAISED_SHARE:
        return "celebrate"
    if clip.hand_raised >= RAISED_SHARE:
        return "greet"
    by_head = _role_of_head(clip)
    if by_head is not None:
        return by_head
    if clip.mean_speed < STILL_BELOW:
        return "idle"
    single = clip.hands_reach >= REACHING and clip.seconds < TALKING_SECONDS
    return "talking" if clip.seam_error < LOOP_SEAM and not single else "present"


def _role_of_head(clip: ClipFacts) -> Role | None:
    still, short = clip.hands_reach < STILL_HANDS, clip.seconds < HEAD_SECONDS and clip.mean_speed < HEAD_SPEED
    nodding = clip.head_pitch_degrees >= NODDING_DEGREES
    if clip.head_nods >= SWINGS and nodding and still and short:
        return "nod"
    shaking = clip.head_shakes >= SWINGS and clip.head_turn_degrees >= SHAKING_DEGREES
    if shaking and not nodding and short and clip.hands_reach < REACHING:
        return "shake_head"
    if clip.head_nods <= SWINGS and clip.head_pitch_degrees >= BOWING_DEGREES:
        return "thank"
    if clip.head_nods <= SWINGS and clip.head_pitch_degrees >= HANGING_DEGREES and clip.mean_speed < STILL_BELOW:
        return "sad"
    return "idle_variant" if clip.head_turn_degrees >= LOOKING_DEGREES and still else None


def build_map(facts: AvatarFacts, face: FaceRig) -> ActingMap:
    """A first acting map: every proposal of 0.7 and more, and the emotions that the morph targets can show.

    An avatar without any idle gets its stillest clip for it, at the confidence of motion, so that it breathes.
    """
    roles: dict[Role, list[RoleClip]] = {}
    prefix = common_prefix([clip.name for clip in facts.clips])
    for proposal in propose_roles(facts.clips):
        if proposal.confidence >= ACCEPTED_CONFIDENCE:
            roles.setdefault(proposal.role, []).append(_role_clip(proposal, prefix))
    if "idle" not in roles and (stillest := _stillest(facts.clips)):
        roles["idle"] = [RoleClip(clip=stillest.name, confidence=MOTION_CONFIDENCE, source="motion")]
    return ActingMap(
        roles={role: tuple(choices) for role, choices in roles.items()},
        clips=_settings(facts.clips, roles),
        emotions=emotion_faces(facts.morph_targets),
        face=face,
    )


def _role_clip(proposal: RoleProposal, prefix: Words) -> RoleClip:
    return RoleClip(
        clip=proposal.clip,
        confidence=proposal.confidence,
        source=proposal.source,
        emotion=read_name(proposal.clip, prefix).emotion,
    )


def _stillest(clips: Sequence[ClipFacts]) -> ClipFacts | None:
    hidden = forbidden_clips(clips)
    still = [clip for clip in clips if clip.name not in hidden and clip.mean_speed < STILL_BELOW]
    return min(still, key=lambda clip: clip.mean_speed, default=None)


def _settings(clips: Sequence[ClipFacts], roles: dict[Role, list[RoleClip]]) -> dict[str, ClipSettings]:
    looped = {choice.clip for role in LOOPED for choice in roles.get(role, ())}
    hidden = forbidden_clips(clips)
    return {
        clip.name: ClipSettings(
            duration=clip.seconds,
            active_start=clip.active_start,
            active_end=clip.active_end,
            loop=clip.name in looped,
            hidden=clip.name in hidden,
            fingerprint=clip.fingerprint,
        )
        for clip in clips
    }
