"""The same avatar exported again: which clip is which, whatever it is called now, and the designer's decisions with it.

matching = matched(draft.acting, facts)          # what became of every clip
kept = carried_over(draft.acting, fresh, facts)  # fresh: the first map of the new file, from build_map
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from shared.contract.acting import ActingMap, ClipSettings, CueRule, Emotion, EmotionFace, Role, RoleClip
from shared.contract.avatar import AvatarFacts
from shared.glb.prints import motion_gap

LIKE = 0.25
"""Gap of two motions up to which one is the other exported again. Measured on six avatars with 170 clips: a clip that
lost a frame at 30 a second is at 0.23 at most, and that one lasts 0.4 s, in the median at 0.04; different clips of one
avatar are at 0.26 at least."""
CERTAIN = 0.08
"""Up to which two clips are each other although one of their names says otherwise: names were exchanged."""
RETIMED = 0.02
"""Share of its length by which a clip may differ and still count as equally long."""

Fate = Literal["same", "renamed", "changed"]


@dataclass(frozen=True, slots=True)
class ClipMatch:
    """One clip before and after."""

    before: str
    after: str
    fate: Fate
    """`changed` has kept its name and moves otherwise; `renamed` has kept its motion, as `moves_otherwise` tells."""
    gap: float | None
    """Of the two motions; None where an old fingerprint does not tell."""
    seconds_before: float
    seconds_after: float

    @property
    def retimed(self) -> bool:
        """Whether it takes another time than it did."""
        known = self.seconds_before > 0
        return known and abs(self.seconds_after - self.seconds_before) > RETIMED * max(self.seconds_before, 0.1)


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of every clip."""

    pairs: tuple[ClipMatch, ...] = ()
    """In the order of the new file."""
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """From names before to names after."""
        return {pair.before: pair.after for pair in self.pairs}

    def of_fate(self, fate: Fate) -> tuple[ClipMatch, ...]:
        """The pairs of one fate."""
        return tuple(pair for pair in self.pairs if pair.fate == fate)

    @property
    def same_avatar(self) -> bool:
        """Whether this is the same avatar exported again: most clips move as they did, whatever they are called."""
        alike = sum(pair.gap is not None and pair.gap <= LIKE for pair in self.pairs)
        return alike > 0 and 2 * alike >= len(self.pairs) + len(self.gone)

    @property
    def unchanged(self) -> bool:
        """Whether every clip is there as it was, and no other."""
        return not (self.gone or self.new) and all(pair.fate == "same" and not pair.retimed for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is compared of a clip."""

    name: str
    seconds: float
    fingerprint: str
    place: int


def matched(before: AvatarFacts | ActingMap, after: AvatarFacts) -> Matching:
    """Find every clip of before again. Motion counts before names, where the motion is clear.

    Two clips of the same motion keep their names where they can, and else the order in which they stood.
    """
    old, new = _known(before), _known(after)
    pairs: dict[str, ClipMatch] = {}
    taken: set[str] = set()
    for _, _, _, _, was, now, gap in sorted(_candidates(old, new), key=lambda row: row[:4]):
        if was.name not in pairs and now.name not in taken:
            pairs[was.name] = _match(was, now, gap)
            taken.add(now.name)
    order = {clip.name: clip.place for clip in new}
    return Matching(
        pairs=tuple(sorted(pairs.values(), key=lambda pair: order[pair.after])),
        gone=tuple(clip.name for clip in old if clip.name not in pairs),
        new=tuple(clip.name for clip in new if clip.name not in taken),
    )


def _known(avatar: AvatarFacts | ActingMap) -> list[_Known]:
    if isinstance(avatar, ActingMap):
        played = {one.clip: ClipSettings(duration=0) for choices in avatar.roles.values() for one in choices}
        settings = {**avatar.clips, **{name: one for name, one in played.items() if name not in avatar.clips}}
        return [
            _Known(name, one.duration, one.fingerprint, place) for place, (name, one) in enumerate(settings.items())
        ]
    # Of clips of one name only the first is played.
    clips = {clip.name: clip for clip in reversed(avatar.clips)}
    named = dict.fromkeys(clip.name for clip in avatar.clips)
    return [_Known(name, clips[name].seconds, clips[name].fingerprint, place) for place, name in enumerate(named)]


_Candidate = tuple[float, float, float, int, _Known, _Known, float | None]
"""Cost, difference of length, of names, of places; then who."""


def _candidates(old: list[_Known], new: list[_Known]) -> Iterable[_Candidate]:
    names_before, names_after = {clip.name for clip in old}, {clip.name for clip in new}
    for was in old:
        for now in new:
            gap = motion_gap(was.fingerprint, now.fingerprint)
            cost = _cost(was, now, gap, apart=was.name not in names_after and now.name not in names_before)
            if cost is not None:
                unlike = 1 - SequenceMatcher(None, was.name.lower(), now.name.lower()).ratio()
                yield cost, abs(was.seconds - now.seconds), unlike, abs(was.place - now.place), was, now, gap


def _cost(was: _Known, now: _Known, gap: float | None, *, apart: bool) -> float | None:
    """How unlikely it is that one is the other; None is not at all. The same name comes first among equals.

    Args:
        apart: neither name is there on the other side, so one clip has gone and another has come.
    """
    if was.name == now.name:
        return 0.0 if gap is not None and gap <= CERTAIN else 1.0 + (gap or 0.0)
    if gap is None:
        return None
    if gap <= CERTAIN:
        # Beaten by the same name with the same motion, but not by the same name with another.
        return CERTAIN + gap
    return gap + CERTAIN if apart and gap <= LIKE else None


def _match(was: _Known, now: _Known, gap: float | None) -> ClipMatch:
    fate: Fate = "renamed"
    if was.name == now.name:
        fate = "same" if gap is None or gap <= LIKE else "changed"
    return ClipMatch(was.name, now.name, fate, gap, was.seconds, now.seconds)


def carried_over(
    before: ActingMap, after: ActingMap, facts: AvatarFacts, matching: Matching | None = None
) -> ActingMap:
    """The map of an avatar exported again, with all that was decided about the one before.

    Clips that were there play what they played, also nothing; what the new file's own map says counts for new clips.

    Args:
        after: the first map of the new file.
        facts: of the new file.
        matching: which clip is which, if somebody knows better than `matched`.
    """
    found = matched(before, facts) if matching is None else matching
    clips = dict(after.clips)
    for pair in found.pairs:
        if pair.before in before.clips and pair.after in after.clips:
            clips[pair.after] = _settings(before.clips[pair.before], after.clips[pair.after], pair)
    return after.model_copy(
        update={
            "roles": _roles(before, after, found),
            "clips": clips,
            "emotions": _emotions(before, after, found, frozenset(facts.morph_targets)),
            "rules": tuple(_rule(rule, found.names) for rule in before.rules),
            "preset": before.preset,
            "snappiness": before.snappiness,
            "front": before.front,
        }
    )


def _roles(before: ActingMap, after: ActingMap, found: Matching) -> dict[Role, tuple[RoleClip, ...]]:
    names, new = found.names, set(found.new)
    roles: dict[Role, tuple[RoleClip, ...]] = {}
    for role in dict.fromkeys((*before.roles, *after.roles)):
        old = before.roles.get(role, ())
        kept = [one.model_copy(update={"clip": names[one.clip]}) for one in old if one.clip in names]
        come = [one for one in after.roles.get(role, ()) if one.clip in new]
        if kept or come:
            roles[role] = (*kept, *come)
    # An avatar is never left without its idle: a first map always has one where it can.
    if "idle" not in roles and "idle" in after.roles:
        roles["idle"] = after.roles["idle"]
    return roles


def _settings(before: ClipSettings, measured: ClipSettings, pair: ClipMatch) -> ClipSettings:
    """The settings before, with what was measured anew; a window moves with a motion that takes another time."""
    window: dict[str, object] = {"active_start": measured.active_start, "active_end": measured.active_end}
    if pair.fate != "changed" and before.duration > 0:
        scale = measured.duration / before.duration if pair.retimed else 1.0
        end = before.active_end
        window = {
            "active_start": min(before.active_start * scale, measured.duration),
            "active_end": None if end is None else min(end * scale, measured.duration),
        }
    return before.model_copy(update={"duration": measured.duration, "fingerprint": measured.fingerprint, **window})


def _emotions(
    before: ActingMap, after: ActingMap, found: Matching, morphs: frozenset[str]
) -> dict[Emotion, EmotionFace]:
    """Every row as it was; where the new face has none of its morph targets, those that it does have."""
    rows = dict(after.emotions)
    for emotion, row in before.emotions.items():
        there = {name: weight for name, weight in row.morphs.items() if name in morphs}
        lost = bool(row.morphs) and not there
        fresh = after.emotions.get(emotion)
        rows[emotion] = row.model_copy(
            update={
                "morphs": fresh.morphs if lost and fresh is not None else there,
                "clip": found.names.get(row.clip or ""),
            }
        )
    return rows


def _rule(rule: CueRule, names: dict[str, str]) -> CueRule:
    """A rule whose clip has gone still acts, in its role."""
    return rule if rule.clip is None else rule.model_copy(update={"clip": names.get(rule.clip)})
