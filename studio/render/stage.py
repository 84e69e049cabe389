"""The stage: one avatar in the studio's light, drawn into whatever framebuffer is bound."""

from dataclasses import dataclass, replace

import numpy as np

from shared.contract.acting import ActingMap
from shared.glb import Glb, Pose, bounds, find_bone
from shared.glb.transforms import Floats
from studio.render.camera import Camera, Framing, Subject
from studio.render.gl import GL, framebuffer_now
from studio.render.holdings import Holdings
from studio.render.light import CONTACT_UNIT, Light
from studio.render.model import Model
from studio.render.player import Player
from studio.render.programs import Program, Programs
from studio.render.shadows import Shadows, shadow_on_floor
from studio.render.textures import upload_room

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Backdrop:
    """The gradient behind the avatar, in sRGB from 0 to 1."""

    upper: Colour = (0.93, 0.94, 0.96)
    lower: Colour = (0.80, 0.82, 0.86)
    shadow: float = 1.0
    """Strength of the shadow on the floor; dark backdrops want less."""


DARK_BACKDROP = Backdrop((0.115, 0.125, 0.15), (0.175, 0.19, 0.225), 1.0)


@dataclass(frozen=True)
class Quality:
    """What the machine can do; software renderers get less."""

    shadow_size: int = 2048
    shadow_taps: int = 9
    floor_taps: int = 24
    contact_size: int = 256
    shadows_in_turn: bool = False
    """Whether each frame renews only one of the two shadows."""
    refined: bool = False
    """Whether a window's edges are smoothed by drawing a still avatar several times; else multisampling does it."""


SOFTWARE = Quality(shadow_size=768, shadow_taps=2, floor_taps=8, contact_size=96, shadows_in_turn=True, refined=True)


class Stage:
    """Shows one avatar. Make it, use it and dispose of it while the same GL 3.3 context is current."""

    def __init__(self, quality: Quality | None = None) -> None:
        self.quality = quality or (SOFTWARE if draws_in_software() else Quality())
        self.camera = Camera()
        self.backdrop: Backdrop | None = Backdrop()
        """None: transparent, with premultiplied alpha."""
        self.player: Player | None = None
        self._holdings = Holdings()
        self._programs = Programs(self._holdings)
        shadows = Shadows(self._holdings, self._programs, self.quality.shadow_size, self.quality.contact_size)
        self._light = Light(upload_room(self._holdings), shadows)
        self._blank = self._holdings.vertex_array()
        self._model: Model | None = None
        self._scene_from_file: Floats = np.eye(4)
        self._subject = Subject()
        self._size = (1, 1)
        self._stale = True
        self._frames = 0
        self._shown: Pose | None = None
        self._shadow_behind = False
        self._offset = (0.0, 0.0)
        self._grain = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a picture at full scale, in pixels."""
        return self._size

    @property
    def needs_redraw_at_rest(self) -> bool:
        """Whether the same pose would look different: another avatar, backdrop, size or view."""
        return self._stale or self.camera.changed

    @property
    def needs_redraw(self) -> bool:
        """Whether another picture would differ from the last one drawn."""
        return self.needs_redraw_at_rest or (self.player is not None and self.player.moving)

    @property
    def subject(self) -> Subject:
        """The avatar's box and head in scene units, for framing."""
        return self._subject

    def load(self, glb: Glb, acting: ActingMap | None = None, framing: Framing = "full", seed: int = 0) -> None:
        """Show an avatar in place of the one before, standing in its idle's first pose, framed from the front."""
        self.unload()
        self._model = Model(glb, self._programs, self.quality.shadow_taps)
        self.player = Player(glb, acting, seed)
        standing = self._standing(self.player)
        self._scene_from_file = scene_from_file(glb, standing, self.player.acting.front, self._model)
        self._subject = _subject(glb, standing, self._scene_from_file, self._model)
        self.frame(framing)

    def unload(self) -> None:
        """Show nothing, and free what the avatar held."""
        if self._model is not None:
            self._model.dispose()
        self._model, self.player, self._shown, self._stale = None, None, None, True

    def frame(self, framing: Framing, margin: float = 1.12) -> None:
        """Look at the avatar from the front."""
        self.camera.frame(self._subject, framing, margin)

    def resize(self, width: int, height: int, pixel_ratio: float = 1.0) -> None:
        """Tell the viewport's size, in the window's units."""
        size = (max(1, round(width * pixel_ratio)), max(1, round(height * pixel_ratio)))
        if size != self._size:
            self._size, self._stale = size, True
            self.camera.resize(*size)

    def set_backdrop(self, backdrop: Backdrop | None) -> None:
        """Change what is behind the avatar; None is transparent."""
        self.backdrop, self._stale = backdrop, True

    def draw(self, now_seconds: float) -> None:
        """Draw the present into the framebuffer that is bound."""
        pose = None if self.player is None else self.player.pose(now_seconds)
        self.draw_pose(pose)

    def shows(self, pose: Pose | None) -> bool:
        """Whether this is the pose that was drawn last."""
        return _alike(pose, self._shown)

    def draw_pose(
        self, pose: Pose | None, scale: float = 1.0, offset: tuple[float, float] = (0.0, 0.0)
    ) -> tuple[int, int]:
        """Draw one pose of the loaded avatar; None draws the empty stage.

        Args:
            scale: of the picture's size, in (0, 1].
            offset: shifts the picture by fractions of a pixel, to the right and up.
        Returns: width and height of what was drawn, in pixels, in the lower left of the framebuffer.
        """
        target = framebuffer_now()
        part = (max(1, round(self._size[0] * scale)), max(1, round(self._size[1] * scale)))
        self._offset = (offset[0] * 2 / part[0], offset[1] * 2 / part[1])
        # Pictures that are to be averaged differ in their grain too.
        self._grain = (offset[0] * 5 + offset[1] * 3) % 1.0
        model = self._model
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glDepthMask(True)
        if model is not None and pose is not None:
            self._take_pose(model, pose)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
        GL.glViewport(0, 0, *part)
        self._clear(part)
        if model is not None and pose is not None:
            self._draw_avatar(model)
        GL.glBindVertexArray(0)
        GL.glUseProgram(0)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        self._stale = self.camera.changed = False
        return part

    def dispose(self) -> None:
        """Free everything on the card."""
        self.unload()
        self._holdings.dispose()

    def _take_pose(self, model: Model, pose: Pose) -> None:
        """Pose the avatar and its shadows; what stands still costs nothing."""
        again = not self._stale and self.shows(pose)
        if again and not self._shadow_behind:
            return
        model.take_pose(pose, self._scene_from_file)
        self._draw_shadows(model, in_turn=self.quality.shadows_in_turn and not again and not self._stale)
        self._shown = pose

    def _draw_shadows(self, model: Model, *, in_turn: bool) -> None:
        self._shadow_behind = in_turn
        self._frames += 1
        if not in_turn or self._frames % 2:
            self._light.shadows.draw_key(model, self._reach(), self._height())
        if not in_turn or not self._frames % 2:
            self._light.shadows.draw_contact(model, self._reach())

    def _clear(self, part: tuple[int, int]) -> None:
        GL.glClearColor(0, 0, 0, 0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT)
        GL.glDisable(GL.GL_BLEND)
        if self.backdrop is None:
            return
        GL.glDisable(GL.GL_DEPTH_TEST)
        program = self._programs.get("screen.vert", "backdrop.frag")
        program.use()
        program.vector("upper", self.backdrop.upper)
        program.vector("lower", self.backdrop.lower)
        program.vector("viewport", (float(part[0]), float(part[1])))
        GL.glBindVertexArray(self._blank)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)

    def _draw_avatar(self, model: Model) -> None:
        shift = np.eye(4)
        shift[:2, 3] = self._offset
        clip_from_scene, eye = shift @ self.camera.clip_from_scene(), self.camera.eye
        self._light.bind()
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glEnable(GL.GL_DEPTH_TEST)
        GL.glDepthFunc(GL.GL_LEQUAL)
        GL.glCullFace(GL.GL_BACK)
        self._draw_floor(clip_from_scene)

        def prepare(program: Program) -> None:
            self._light.prepare(program, clip_from_scene, eye)

        model.draw(prepare)
        GL.glDisable(GL.GL_BLEND)
        GL.glDisable(GL.GL_CULL_FACE)

    def _draw_floor(self, clip_from_scene: Floats) -> None:
        program = self._programs.get("floor.vert", "floor.frag", (f"FLOOR_TAPS {self.quality.floor_taps}",))
        program.use()
        program.matrix("clip_from_scene", clip_from_scene)
        self._light.prepare_shadow(program)
        program.integer("contact", CONTACT_UNIT)
        program.number("contact_reach", self._light.shadows.contact_reach)
        away, length = shadow_on_floor(self._height())
        program.vector("away", away)
        program.number("length_of_shadow", length)
        program.number("reach", self._reach() * 1.25)
        program.number("farthest", (length + self._reach()) * 0.75)
        program.number("grain", self._grain)
        program.number("strength", 1.0 if self.backdrop is None else self.backdrop.shadow)
        GL.glDisable(GL.GL_CULL_FACE)
        GL.glDepthMask(False)
        GL.glBindVertexArray(self._blank)
        GL.glDrawArrays(GL.GL_TRIANGLE_STRIP, 0, 4)
        GL.glDepthMask(True)

    def _standing(self, player: Player) -> Pose:
        idle = next((choice.clip for choice in player.acting.roles.get("idle", ())), None)
        named = next((name for name in player.sampler.clip_names if "idle" in name.lower()), None)
        clip = idle if idle in player.sampler.clip_names else named
        return player.sampler.pose(clip, 0.0)

    def _reach(self) -> float:
        low, high = self._subject.low, self._subject.high
        return max(abs(low[0]), abs(high[0]), abs(low[2]), abs(high[2]), 0.3) * 1.25

    def _height(self) -> float:
        return self._subject.high[1] * 1.2


def scene_from_file(glb: Glb, standing: Pose, front: str, model: Model) -> Floats:
    """The (4, 4) matrix that makes the avatar one unit high, on the floor, over the origin, facing +Z."""
    low, high = bounds(glb, standing, model.primitives)
    middle = np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])
    scale = 1 / max(float(high[1] - low[1]), 1e-6)
    turn = 1.0 if front == "+Z" else -1.0
    matrix = np.diag([scale * turn, scale, scale * turn, 1.0])
    matrix[:3, 3] = matrix[:3, :3] @ -middle
    return matrix


def _alike(one: Pose | None, other: Pose | None) -> bool:
    if one is None or other is None:
        return one is other
    if one is other:
        return True
    same_faces = all(np.array_equal(row, other.weights.get(node, ())) for node, row in one.weights.items())
    return same_faces and np.array_equal(one.world, other.world)


def draws_in_software() -> bool:
    """Whether the current context has no graphics card behind it."""
    name = GL.glGetString(GL.GL_RENDERER).decode().lower()
    return any(word in name for word in ("llvmpipe", "softpipe", "swrast", "swiftshader", "software"))


def _subject(glb: Glb, standing: Pose, matrix: Floats, model: Model) -> Subject:
    low, high = bounds(glb, standing, model.primitives)
    corners = [matrix[:3, :3] @ corner + matrix[:3, 3] for corner in (low, high)]
    lowest, highest = np.minimum(*corners), np.maximum(*corners)
    subject = Subject(_triple(lowest), _triple(highest))
    head = find_bone(glb, ("head",))
    if head is None:
        return subject
    place = matrix[:3, :3] @ standing.world[head, :3, 3] + matrix[:3, 3]
    return replace(subject, head=float(np.clip(place[1], 0.0, 1.0)))


def _triple(values: Floats) -> tuple[float, float, float]:
    return (float(values[0]), float(values[1]), float(values[2]))
