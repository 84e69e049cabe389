"""The actor: what the panels ask of the avatar, put into practice by director and player. Knows no Qt."""

from collections.abc import Collection
from dataclasses import dataclass

from shared.acting.director import Director
from shared.acting.moments import Intent
from shared.acting.vocabulary import FACE_FADE_SECONDS, FACE_HOLD_SECONDS, WHOLE_BODY_ABOVE
from shared.acting.vocabulary import Posture as PostureRole
from shared.contract.acting import ActingMap, Emotion, Role
from shared.contract.turn import TurnCue
from shared.glb import Pose
from studio.model.signals import Signal
from studio.render.head import HeadMove
from studio.render.player import Player
from studio.ui.viewport.mouth import HOLD_SECONDS, mouth_weights

LONGEST_STEP_SECONDS = 0.1
"""After a sleep the clock does not jump. Source: acting.md section 5."""
MOUTH_WITH_EMOTION = 0.5
"""Smile and mouth add up: half the mouth while an emotion holds. Source: acting.md section 6."""
FAINTEST = 0.35
"""So much of an emotion's face is shown however weak it is."""
HEAD_MOVES: dict[Role, HeadMove] = {"nod": "nod", "shake_head": "shake_head"}
"""What the head does by itself when the avatar has no clip for it."""
BEFORE_CHANGE_SECONDS, AFTER_CHANGE_SECONDS = 0.9, 6.0
"""How long a loop is seen before something follows it, and when all of it is over."""
LISTENING_SECONDS = 4.0
"""Listens for as long after the last key."""


@dataclass
class _Until:
    """Moments at which something that was asked for ends, on the actor's clock."""

    face: float = float("inf")
    mouth: float = float("inf")
    listening: float = float("inf")
    variant: float = float("inf")
    talk: float = float("inf")


class Actor:
    """One avatar's performance. All times are seconds of its own clock, which stands while it is paused."""

    def __init__(self) -> None:
        self.playing_changed = Signal[[str | None]]()
        self.paused_changed = Signal[[bool]]()
        self.now = 0.0
        self.paused = False
        self.playing: str | None = None
        """The clip that is looked at, over everything else."""
        self._held: float | None = None
        self._player: Player | None = None
        self._director = Director(ActingMap(), 0)
        self._posture: PostureRole = "idle"
        self._feels: Emotion = "neutral"
        self._until = _Until()
        self._script: list[tuple[float, str, bool]] = []
        """What follows in a change that is shown: when, which clip (none is back to the posture), whether it loops."""

    def enter(self, player: Player | None) -> None:
        """Play on another avatar; None is nobody."""
        self._player = player
        self._held = None
        self._until = _Until()
        self._feels = "neutral"
        self._show_playing(None)
        self._show_paused(paused=False)
        if player is not None:
            self._director = Director(player.acting, 0)
            self._play_posture("idle")
            self._plan_variant()

    def take_map(self, acting: ActingMap) -> None:
        """Play by another acting map from now on."""
        if self._player is None or acting == self._player.acting:
            return
        self._player.acting = acting
        self._director = Director(acting, 0)
        self._follow_mood()

    @property
    def clips(self) -> tuple[str, ...]:
        """The avatar's clips."""
        return tuple(self._player.sampler.clip_names) if self._player else ()

    @property
    def seen(self) -> tuple[str | None, str]:
        """The clip that is seen most, and as what: the one that is looked at, a gesture, or the posture's role."""
        if self._player is None:
            return None, ""
        if self.playing is not None:
            return self.playing, ""
        gesture = self._player.gesture
        return (gesture, "gesture") if gesture is not None else (self._player.posture, self._posture)

    @property
    def clip_seconds(self) -> float:
        """How long the clip that is looked at lasts; 0 when none is."""
        if self._player is None or self.playing is None:
            return 0.0
        return self._player.sampler.clip(self.playing).seconds

    @property
    def clip_place(self) -> float:
        """Where in the clip it is."""
        if self._held is not None:
            return self._held
        place = self._player.place(self.now) if self._player is not None and self.playing is not None else None
        return 0.0 if place is None else place

    def toggle(self, clip: str) -> None:
        """Look at a clip, or stop looking at it."""
        if self.playing == clip and not self.paused:
            self.rest()
        else:
            self.audition(clip)

    def audition(self, clip: str) -> None:
        """Loop a clip over everything."""
        if self._player is None or clip not in self.clips:
            return
        self._held, self._script = None, []
        self._show_paused(paused=False)
        self._player.preview(clip, self.now)
        self._show_playing(clip)

    def rest(self) -> None:
        """Give the body back to its posture."""
        self._held, self._script = None, []
        if self._player is not None:
            self._player.stop_gesture(self.now)
        self._show_playing(None)
        self._show_paused(paused=False)

    def toggle_pause(self) -> None:
        """Stand still, or go on."""
        if self.paused and self.playing is not None and self._player is not None and self._held is not None:
            self._player.preview(self.playing, self.now, self._held)
            self._held = None
        elif not self.paused and self.playing is not None:
            self._held = self.clip_place
        self._show_paused(paused=not self.paused)

    def seek(self, seconds: float) -> None:
        """Stand still at a place of the clip that is looked at."""
        if self.playing is not None:
            self._held = min(max(seconds, 0.0), self.clip_seconds)
            self._show_paused(paused=True)

    def show_change(self, first: str, then: str, postures: Collection[str]) -> None:
        """Play one clip and, out of it, another, as they would follow each other on the page.

        Args:
            postures: those of the two that are loops; a gesture gives back to the loop by itself.
        """
        if self._player is None or not {first, then} <= set(self.clips):
            return
        self.rest()
        if first in postures:
            self._player.play_posture(first, self.now)
            self._script = [(self.now + BEFORE_CHANGE_SECONDS, then, then in postures)]
        else:
            # Out of a gesture: the loop lies beneath from the start, and the gesture's own end is the change.
            self._player.play_posture(then, self.now)
            self._player.play_gesture(first, self.now)
        self._script.append((self.now + AFTER_CHANGE_SECONDS, "", True))

    def take_posture(self, posture: PostureRole) -> None:
        """Take a posture; whoever looks at a clip sees it afterwards."""
        self._until.listening = self.now + LISTENING_SECONDS if posture == "listening" else float("inf")
        if posture != self._posture:
            self._play_posture(posture)

    def perform(self, cue: TurnCue) -> None:
        """Act a cue of a turn: its clip where there is one, and its face."""
        if self._player is None:
            return
        self._gesture(self._player, cue.role, self._unrested(self._player, cue), cue.intensity)
        self._show_face(cue.emotion, cue.intensity)

    def perform_role(self, role: Role, emotion: Emotion, intensity: float) -> None:
        """Act something that no turn asked for, such as the greeting at the start."""
        self.perform_intent(Intent(role, emotion, intensity, "event", 1.0))

    def perform_intent(self, intent: Intent) -> None:
        """Act what is asked for as the director decides, by itself and at once."""
        decision = self._director.direct(intent, 0, 0)
        self._director = Director(self._director.acting, 0, [decision.clip] if decision and decision.clip else [])
        if self._player is not None and decision is not None:
            self._gesture(self._player, decision.role, decision.clip, decision.intensity)
            self._show_face(decision.emotion, decision.intensity)

    def show_emotion(self, emotion: Emotion) -> None:
        """Show an emotion's face at full strength, for looking at it."""
        self._show_face(emotion, 1.0)

    def speak(self, text: str) -> None:
        """Move the mouth with text that has just come out."""
        if self._player is None:
            return
        weights = mouth_weights(text, self._player.acting.face)
        if weights is not None:
            scale = MOUTH_WITH_EMOTION if self._feels != "neutral" else 1.0
            self._player.set_mouth({name: weight * scale for name, weight in weights.items()})
            self._until.mouth = self.now + HOLD_SECONDS

    def drop_cues(self) -> None:
        """Stop acting what was said: mouth, face and gesture, in this frame."""
        if self._player is None:
            return
        self._player.set_mouth({})
        if self.playing is None:
            self._player.stop_gesture(self.now)
        self._clear_face()

    def tick(self, seconds: float) -> None:
        """Let time go by."""
        if self.paused or self._player is None:
            return
        self.now += min(max(seconds, 0.0), LONGEST_STEP_SECONDS)
        if self.now >= self._until.mouth:
            self._until.mouth = float("inf")
            self._player.set_mouth({})
        if self.now >= self._until.face:
            self._clear_face()
        if self._script and self.now >= self._script[0][0]:
            self._go_on(self._player)
        if self.now >= self._until.listening:
            self.take_posture("idle")
        if self.now >= self._until.variant:
            self._play_variant(self._player)
        if self.now >= self._until.talk and self._player.gesture is None and not self._script:
            self._play_posture(self._posture, avoid=self._player.posture)

    def pose(self) -> Pose | None:
        """The avatar now; None when there is nobody."""
        if self._player is None:
            return None
        if self._held is not None and self.playing is not None:
            return self._player.held(self.playing, self._held, self.now)
        return self._player.pose(self.now)

    def _gesture(self, player: Player, role: Role | None, clip: str | None, intensity: float) -> None:
        if clip is not None and clip in self.clips:
            self._end_audition()
            player.play_gesture(clip, self.now, upper_body_only=intensity <= WHOLE_BODY_ABOVE)
        elif role in HEAD_MOVES:
            player.move_head(HEAD_MOVES[role])

    def _unrested(self, player: Player, cue: TurnCue) -> str | None:
        """The cue's clip, or another of its role while that one rests; what the designer asked for keeps no rest."""
        if cue.clip is None or cue.role is None or cue.source == "designer" or not self._rests(player, cue.clip):
            return cue.clip
        return self._director.other_clip(cue.role, self._resting(player))

    def _rests(self, player: Player, clip: str) -> bool:
        return clip in self.clips and player.rests(clip, self.now)

    def _resting(self, player: Player) -> set[str]:
        return {clip for clip in self.clips if player.rests(clip, self.now)}

    def _follow_mood(self) -> None:
        """Change the stance where another mood has its own; what fits still goes on, whatever slider moved."""
        fitting = {choice.clip for choice in self._director.postures_for(self._posture, self._feels)}
        if self._player is not None and not self._script and self._player.posture not in fitting:
            self._play_posture(self._posture)

    def _play_posture(self, posture: PostureRole, avoid: str | None = None) -> None:
        self._posture, self._script = posture, []
        talks = posture == "talking"
        self._until.talk = self.now + self._director.seconds_to_other_talk() if talks else float("inf")
        choice = self._director.posture_for(posture, self._feels, avoid)
        if self._player is None:
            return
        if choice is not None and choice.clip in self.clips:
            self._player.play(choice.clip, posture, self.now)
        self._player.manner = posture

    def _go_on(self, player: Player) -> None:
        _, clip, loops = self._script.pop(0)
        if not clip:
            self._play_posture(self._posture)
        elif loops:
            player.play_posture(clip, self.now)
        else:
            player.play_gesture(clip, self.now)

    def _plan_variant(self) -> None:
        self._until.variant = self.now + self._director.seconds_to_idle_variant()

    def _play_variant(self, player: Player) -> None:
        self._plan_variant()
        variant = self._director.idle_variant(self._resting(player), self._feels)
        free = self._posture == "idle" and not self._script and self.playing is None and player.gesture is None
        if free and variant is not None and variant.clip in self.clips:
            player.play_gesture(variant.clip, self.now)

    def _show_face(self, emotion: Emotion, intensity: float) -> None:
        if self._player is None:
            return
        self._feels = emotion
        face = self._player.acting.emotions.get(emotion)
        # A weak emotion is still to be seen in the face: that is where it is shown alone. So on the page.
        share = FAINTEST + (1 - FAINTEST) * intensity
        weights = {name: weight * share for name, weight in face.morphs.items()} if face else {}
        self._player.set_face(weights, self.now, FACE_FADE_SECONDS[emotion])
        self._until.face = self.now + FACE_FADE_SECONDS[emotion] + FACE_HOLD_SECONDS
        self._follow_mood()

    def _clear_face(self) -> None:
        self._until.face = float("inf")
        self._feels = "neutral"
        if self._player is not None:
            self._player.set_face({}, self.now, FACE_FADE_SECONDS["neutral"])
            self._follow_mood()

    def _end_audition(self) -> None:
        self._held = None
        self._show_playing(None)
        self._show_paused(paused=False)

    def _show_playing(self, clip: str | None) -> None:
        if clip != self.playing:
            self.playing = clip
            self.playing_changed.emit(clip)

    def _show_paused(self, *, paused: bool) -> None:
        if paused != self.paused:
            self.paused = paused
            self.paused_changed.emit(paused)
