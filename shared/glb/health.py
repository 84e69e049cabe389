"""Clip health: what of an avatar's clips will not look well on stage, and what settings of ours would help.

Judged as the clips are played: by the designer's roles and settings, not by their names. Where inspection finds the
same (`shared.glb.findings`), `file_findings` leaves it out, so that it is said once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from shared.contract.acting import ActingMap, ClipSettings, Role, RoleClip
from shared.contract.avatar import AvatarFacts, ClipFacts, Finding, RoleProposal, Severity
from shared.glb.document import Glb
from shared.glb.geometry import geometry
from shared.glb.measures import Body, find_body
from shared.glb.sampling import Sampler
from shared.glb.seams import Loop, best_loop, seam_of, still_ends
from shared.glb.takes import Takes
from shared.glb.transforms import Floats

CORE_ROLES: tuple[Role, ...] = ("idle", "listening", "thinking", "talking", "greet", "nod")
"""What a widget loads first; without them a character looks absent."""
_INSTEAD: dict[Role, str] = {
    "idle": "the character stands in its bind pose and breathes",
    "listening": "the character idles, and nods now and then",
    "thinking": "the character idles, and looks up",
    "talking": "the character idles, and its head bobs with the words",
    "greet": "the character nods instead",
    "nod": "the head nods by itself",
}
LOOPING_ROLES: frozenset[Role] = frozenset({"idle", "listening", "thinking", "talking", "sleep"})
DEAD_LEAD_SECONDS, DEAD_TAIL_SECONDS, STILL_WITHIN = 0.4, 0.6, 0.01
"""Longer than the fades hide. Still is a gesture while no joint leaves its first, or last, place by more than so many
body heights.

Not the speed of hands and head decides, as it does for the active window: who shifts weight moves slowly.
"""
_MARGIN_SECONDS = 0.1
"""Left of the stillness when it is cut off."""
OPEN_SEAM = 0.03
"""Body heights between a loop's last and first pose that are seen as a jerk."""
FAR_DRIFT = {True: 0.15, False: 0.5}
"""Body heights that a loop, or a gesture, may wander off."""
SAME_POSE, OTHER_POSE = 0.005, 0.03
"""Mean distance of joints, in body heights, within which two poses are one, and from which they are two."""
SLOW_FADE_SECONDS = 0.7
CLIP_CODES = frozenset({
    "lead_in", "loop_open", "root_drift", "tracks_unbound", "tracks_broken", "tracks_unsorted", "clip_empty",
    "clip_name_twice", "starts_in_bind_pose",
})  # fmt: skip
"""Codes of findings that are about single clips, and told here."""


@dataclass(frozen=True)
class Fix:
    """One named change of our settings. The designer's file stays as it is."""

    title: str
    """What a button says, such as "Trim to 0.54-3.56 s"."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """Fields of the clip's settings, with their new values."""
    role: RoleClip | None = None
    """The clip that shall play the role that is missing."""
    leave: tuple[Role, ...] = ()
    """Roles that the clip shall play no longer."""


@dataclass(frozen=True)
class Ailment:
    """One thing that will not look well."""

    code: str
    severity: Severity
    clip: str
    """Empty where it is about a role that no clip plays."""
    sentence: str
    fix: Fix | None = None
    role: Role | None = None


def clip_health(
    glb: Glb, facts: AvatarFacts, acting: ActingMap, proposals: Sequence[RoleProposal] = ()
) -> tuple[Ailment, ...]:
    """Every ailment of the clips that are not hidden, the gravest first, and of roles that nobody plays.

    Args:
        facts: of the same GLB.
        proposals: who might play a missing role; without them there is no fix for it.
    """
    stage = _Stage(glb, facts, acting)
    found = [ailment for look in _LOOKS for clip in stage.shown for ailment in look(stage, clip)]
    found += _missing(acting, proposals)
    return tuple(sorted(found, key=lambda one: ("error", "warning", "note").index(one.severity)))


def fixed(acting: ActingMap, ailment: Ailment) -> ActingMap:
    """The map after an ailment's fix; unchanged when it has none."""
    fix = ailment.fix
    if fix is None:
        return acting
    if fix.role is not None and ailment.role is not None:
        others = tuple(entry for entry in acting.roles.get(ailment.role, ()) if entry.clip != fix.role.clip)
        acting = acting.model_copy(update={"roles": {**acting.roles, ailment.role: (*others, fix.role)}})
    if fix.leave:
        kept = {role: tuple(one for one in of if one.clip != ailment.clip) for role, of in acting.roles.items()}
        acting = acting.model_copy(update={"roles": {**acting.roles, **{role: kept[role] for role in fix.leave}}})
    if not fix.settings:
        return acting
    before = acting.clips.get(ailment.clip)
    changed = {**(before.model_dump() if before is not None else {"duration": 0.0}), **fix.settings}
    return acting.model_copy(update={"clips": {**acting.clips, ailment.clip: ClipSettings.model_validate(changed)}})


def file_findings(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings about the file itself, without those that clip health tells."""
    return tuple(finding for finding in findings if finding.code not in CLIP_CODES)


class _Stage:
    """What all looks share."""

    def __init__(self, glb: Glb, facts: AvatarFacts, acting: ActingMap) -> None:
        self.glb, self.acting = glb, acting
        self.sampler = Sampler(glb)
        settings = {clip.name: acting.clips.get(clip.name) or _measured(clip) for clip in facts.clips}
        self.takes = Takes(self.sampler, settings, acting.face)
        self.names = Counter(glb.clip_names)
        # Of clips of one name only the first is played.
        self._facts = {clip.name: clip for clip in reversed(facts.clips)}
        self.shown = [name for name in dict.fromkeys(glb.clip_names) if not settings[name].hidden]

    @cached_property
    def body(self) -> Body:
        return find_body(self.glb, geometry(self.glb))

    @cached_property
    def idle(self) -> str | None:
        choices = self.acting.roles.get("idle", ())
        return next((choice.clip for choice in choices if choice.clip in self._facts), None)

    def facts(self, clip: str) -> ClipFacts:
        return self._facts[clip]

    def loops(self, clip: str) -> bool:
        """Whether the clip comes round on stage."""
        return self.takes.settings(clip).loop or any(clip in self.playing(role) for role in LOOPING_ROLES)

    def playing(self, role: Role) -> tuple[str, ...]:
        """The clips of a role."""
        return tuple(choice.clip for choice in self.acting.roles.get(role, ()))

    def begins(self, clip: str) -> float:
        """Where it is first seen, or nearly: a gesture begins a fade before it moves."""
        window, settings = self.takes.window(clip), self.takes.settings(clip)
        if settings.trim or self.loops(clip):
            return window.start
        return max(0.0, settings.active_start - (settings.fade_in_seconds or 0.25) * settings.speed)

    def away(self, clip: str, seconds: float) -> float:
        """Mean distance of joints from the bind pose, body heights."""
        places = self._places(self.sampler.pose(clip, seconds).world)
        return float(np.linalg.norm(places - self._places(self.sampler.rest.world), axis=-1).mean()) / self.body.height

    def loop(self, clip: str, *, lock_root: bool = False) -> Loop:
        """The clip's poses over its window, with its root locked or as it is set."""
        settings = self.takes.settings(clip)
        takes = self.takes
        if lock_root and not settings.lock_root:
            takes = Takes(self.sampler, {clip: settings.model_copy(update={"lock_root": True})}, self.acting.face)
        window = takes.window(clip)
        count = max(2, min(151, int((window.end - window.start) * 30) + 1))
        times = np.linspace(window.start, window.end, count)
        return Loop(times, self._places(takes.motion(clip, times).world) / self.body.height)

    def _places(self, world: Floats) -> Floats:
        return world[..., :3, 3][..., self.body.seen, :]


def _measured(clip: ClipFacts) -> ClipSettings:
    return ClipSettings(duration=clip.seconds, active_start=clip.active_start, active_end=clip.active_end)


def _named(stage: _Stage, clip: str) -> Iterator[Ailment]:
    times = stage.names[clip]
    if times > 1:
        sentence = f"{times} clips are called {clip}; only the first plays: rename the others and export again."
        yield Ailment("clip_name_twice", "warning", clip, sentence)


def _tracks(stage: _Stage, clip: str) -> Iterator[Ailment]:
    read = stage.sampler.clip(clip)
    if not read.tracks:
        sentence = f"{clip} moves nothing."
        yield Ailment("clip_empty", "warning", clip, sentence, Fix("Hide it", {"hidden": True}))
    elif read.unbound:
        sentence = f"{len(read.unbound)} tracks of {clip} move nothing that is shown, {read.unbound[0]} first."
        yield Ailment("tracks_unbound", "warning", clip, sentence)
    if read.broken:
        sentence = f"{len(read.broken)} tracks of {clip} do not fit what they move and are left out: export it again."
        yield Ailment("tracks_broken", "warning", clip, sentence)
    if read.unsorted:
        sentence = f"The key times of {read.unsorted[0]} in {clip} run backwards: export it again."
        yield Ailment("tracks_unsorted", "warning", clip, sentence)


def _dead_time(stage: _Stage, clip: str) -> Iterator[Ailment]:
    if stage.takes.settings(clip).trim or stage.loops(clip) or stage.facts(clip).seconds <= DEAD_LEAD_SECONDS:
        return
    loop = stage.loop(clip)
    rests, end = still_ends(loop, STILL_WITHIN), float(loop.seconds[-1])
    if rests is None or (rests[0] <= DEAD_LEAD_SECONDS and rests[1] <= DEAD_TAIL_SECONDS):
        return
    lead, tail = rests
    told = [f"{lead:.1f} s before it moves"] if lead > DEAD_LEAD_SECONDS else []
    told += [f"{tail:.1f} s after"] if tail > DEAD_TAIL_SECONDS else []
    first, last = round(max(0.0, lead - _MARGIN_SECONDS), 3), round(min(end, end - tail + _MARGIN_SECONDS), 3)
    fields = {"trim": True, "active_start": first, "active_end": last}
    sentence = f"{clip} stands still for {' and '.join(told)}."
    yield Ailment("lead_in", "note", clip, sentence, Fix(f"Trim to {first:.2f}-{last:.2f} s", fields))


def _seam(stage: _Stage, clip: str) -> Iterator[Ailment]:
    if not stage.loops(clip) or stage.facts(clip).seconds <= 0:
        return
    loop = stage.loop(clip)
    seam = seam_of(loop)
    if seam > OPEN_SEAM:
        sentence = f"{clip} does not close: from its end to its start a joint jumps by {seam:.0%} of the height."
        yield Ailment("loop_open", "warning", clip, sentence, _closing(stage, clip, loop, seam))


def _closing(stage: _Stage, clip: str, loop: Loop, seam: float) -> Fix | None:
    """What closes a loop, or nearly: keeping it in place, a shorter window, or not repeating it."""
    locked = stage.loop(clip, lock_root=True)
    if seam_of(locked) <= OPEN_SEAM:
        return Fix("Lock the root", {"lock_root": True})
    found = best_loop(loop)
    if found is not None and found.seam <= min(OPEN_SEAM, seam / 2):
        fields = {"trim": True, "active_start": found.start, "active_end": found.end}
        return Fix(f"Loop {found.start:.2f}-{found.end:.2f} s, which closes", fields)
    postures = [role for role in LOOPING_ROLES if clip in stage.playing(role)]
    if not postures:
        return Fix("Play it once", {"loop": False})
    spare = tuple(sorted(role for role in postures if len(stage.playing(role)) > 1))
    return Fix(f"Take it out of {' and '.join(spare)}", {"loop": False}, leave=spare) if spare else None


def _drift(stage: _Stage, clip: str) -> Iterator[Ailment]:
    drift, loops = stage.facts(clip).root_drift, stage.loops(clip)
    if stage.takes.settings(clip).lock_root or drift <= FAR_DRIFT[loops]:
        return
    sentence = f"{clip} walks away by {drift:.1f} body heights."
    yield Ailment(
        "root_drift", "warning" if loops else "note", clip, sentence, Fix("Lock the root", {"lock_root": True})
    )


def _flash(stage: _Stage, clip: str) -> Iterator[Ailment]:
    """A clip that begins in the bind pose flashes when it follows an idle that does not."""
    settings, idle = stage.takes.settings(clip), stage.idle
    slow = (settings.fade_in_seconds or 0.0) >= SLOW_FADE_SECONDS
    if idle is None or clip == idle or slow or settings.additive or stage.facts(clip).mean_speed <= 0:
        return
    begins = stage.begins(clip)
    if stage.away(idle, stage.begins(idle)) < OTHER_POSE or stage.away(clip, begins) >= SAME_POSE:
        return
    sentence = f"{clip} begins in the bind pose and will flash after the idle."
    yield Ailment("starts_in_bind_pose", "warning", clip, sentence, _later_start(stage, clip, begins))


def _later_start(stage: _Stage, clip: str, begins: float) -> Fix:
    window = stage.takes.window(clip)
    for seconds in np.linspace(begins, window.start + (window.end - window.start) / 3, 25):
        if stage.away(clip, float(seconds)) >= OTHER_POSE:
            fields = {"trim": True, "active_start": round(float(seconds), 3)}
            return Fix(f"Begin at {seconds:.2f} s", fields)
    return Fix(f"Fade in over {SLOW_FADE_SECONDS} s", {"fade_in_seconds": SLOW_FADE_SECONDS})


def _mirror(stage: _Stage, clip: str) -> Iterator[Ailment]:
    if stage.takes.settings(clip).mirror and stage.takes.mirror.pairs == 0:
        sentence = f"{clip} cannot be mirrored: nothing tells the left joints from the right ones. It plays as it is."
        yield Ailment("mirror_without_pairs", "note", clip, sentence, Fix("Do not mirror it", {"mirror": False}))


def _missing(acting: ActingMap, proposals: Sequence[RoleProposal]) -> list[Ailment]:
    found: list[Ailment] = []
    for role in CORE_ROLES:
        if any(not _hidden(acting, entry.clip) for entry in acting.roles.get(role, ())):
            continue
        offered = (one for one in proposals if one.role == role and not _hidden(acting, one.clip))
        best = max(offered, key=lambda one: one.confidence, default=None)
        fix = None
        if best is not None:
            fix = Fix(f"Use {best.clip} ({best.confidence:.0%} sure)", role=RoleClip(clip=best.clip))
        severity: Severity = "warning" if role == "idle" else "note"
        found.append(Ailment("role_missing", severity, "", f"No clip for {role}: {_INSTEAD[role]}.", fix, role))
    return found


def _hidden(acting: ActingMap, clip: str) -> bool:
    return clip in acting.clips and acting.clips[clip].hidden


_LOOKS: tuple[Callable[[_Stage, str], Iterator[Ailment]], ...] = (
    _named, _tracks, _seam, _flash, _drift, _dead_time, _mirror,
)  # fmt: skip
