"""The stage: one avatar in the studio's light, drawn into whatever framebuffer is bound."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from shared.contract.acting import ActingMap
from shared.glb import Glb, Pose
from shared.glb.transforms import Floats
from studio.render.camera import Camera
from studio.render.floor import SPOT_COLOUR, SPOT_DARKEST, SPOT_LIFT, spot_size
from studio.render.framing import Figure, Framing
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.light import Eye, Light, Tone
from studio.render.model import Model
from studio.render.overlays import Overlays, Sketcher
from studio.render.player import Player
from studio.render.preparing import Prepared, prepare
from studio.render.programs import Programs

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Backdrop:
    """The gradient behind the avatar, in sRGB from 0 to 1."""

    upper: Colour = (0.93, 0.94, 0.96)
    lower: Colour = (0.80, 0.82, 0.86)

    @property
    def dark(self) -> bool:
        """Whether light lines are seen on it."""
        return sum(self.lower) < 1.5


_BESIDE_THE_EYE = 0.02
"""Body heights before the camera: nearer than that, boxes cannot be projected."""
DARK_BACKDROP = Backdrop((0.115, 0.125, 0.15), (0.175, 0.19, 0.225))


@dataclass(frozen=True)
class Statistics:
    """What the last picture took."""

    triangles: int = 0
    draw_calls: int = 0
    joints: int = 0
    gpu_bytes: int = 0
    """Of the avatar and the light; a driver's own copies are not known."""


class Stage:
    """Shows one avatar. Make it, use it and dispose of it while the same GL 3.3 context is current."""

    def __init__(self) -> None:
        self.camera = Camera()
        self.backdrop: Backdrop | None = Backdrop()
        """None: transparent, with premultiplied alpha."""
        self.overlays = Overlays()
        self.tone: Tone = "neutral"
        self.player: Player | None = None
        self.pictures_drawn = 0
        self._holdings = Holdings()
        self._programs = Programs(self._holdings)
        self._light = Light(self._holdings)
        self._sketcher = Sketcher(self._holdings, self._programs)
        self._blank = self._holdings.vertex_array()
        self._model: Model | None = None
        self._figure = Figure()
        self._size = (1, 1)
        self._stale = True
        self._shown: Pose | None = None
        self._offset = (0.0, 0.0)

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
    def figure(self) -> Figure:
        """The avatar's measures in scene units, for framing."""
        return self._figure

    @property
    def scene_from_file(self) -> Floats:
        """The (4, 4) matrix that makes the avatar one unit high, on the floor, over the origin, facing +Z."""
        return np.eye(4) if self._model is None else self._model.body.scene_from_file

    @property
    def statistics(self) -> Statistics:
        """What the last picture took."""
        model = self._model
        if model is None:
            return Statistics(gpu_bytes=self._holdings.bytes)
        joints = len(model.body.joints.nodes)
        return Statistics(model.triangles, model.draw_calls, joints, model.bytes + self._holdings.bytes)

    def load(self, glb: Glb, acting: ActingMap | None = None, framing: Framing = "full", seed: int = 0) -> None:
        """Show an avatar in place of the one before, standing in its idle's first pose, framed from the front."""
        for _ in self.arriving(prepare(glb, acting, seed), framing):
            pass

    def arriving(self, prepared: Prepared, framing: Framing = "full") -> Generator[None, None, None]:
        """Bring an avatar onto the stage in slices; the one before stays until the last, and if this is closed.

        The context must be current whenever it goes on or is closed.
        """
        model = Model(prepared)
        try:
            yield from model.uploading(prepared, self._programs)
        except BaseException:
            model.dispose()
            raise
        self.unload()
        self._model, self.player = model, prepared.player
        self._figure = prepared.body.figure.scaled()
        self.frame(framing)

    def unload(self) -> None:
        """Show nothing, and free what the avatar held."""
        if self._model is not None:
            self._model.dispose()
        self._model, self.player, self._shown, self._stale = None, None, None, True

    def frame(self, framing: Framing, margin: float = 1.0) -> None:
        """Look at the avatar from the front, as the widget does; `margin` stands back by that factor."""
        self.camera.frame(self._figure, framing, margin)

    def resize(self, width: int, height: int, pixel_ratio: float = 1.0) -> None:
        """Tell the viewport's size, in the window's units."""
        size = (max(1, round(width * pixel_ratio)), max(1, round(height * pixel_ratio)))
        if size != self._size:
            self._size, self._stale = size, True
            self.camera.resize(*size)

    def covered(self, pose: Pose | None) -> tuple[float, float, float, float]:
        """Where in the picture the avatar is, with room around it: left, lower, right and upper edge, from 0 to 1."""
        if self._model is None or pose is None or self.overlays.any:
            return (0.0, 0.0, 1.0, 1.0)
        body = self._model.body
        places = pose.world[body.joints.nodes, :3, 3] @ self.scene_from_file[:3, :3].T + self.scene_from_file[:3, 3]
        sides = np.stack([places.min(axis=0) - body.flesh, places.max(axis=0) + body.flesh])
        corners = np.array(np.meshgrid(*sides.T, [1.0])).reshape(4, -1)
        clip = self.camera.clip_from_scene() @ corners
        if clip[3].min() < _BESIDE_THE_EYE:
            return (0.0, 0.0, 1.0, 1.0)
        seen = np.clip(clip[:2] / clip[3] * 0.5 + 0.5, 0, 1)
        (left, lower), (right, upper) = seen.min(axis=1), seen.max(axis=1)
        return (float(left), float(lower), float(right), float(upper))

    def set_backdrop(self, backdrop: Backdrop | None) -> None:
        """Change what is behind the avatar; None is transparent."""
        self.backdrop, self._stale = backdrop, True

    def show_overlays(self, overlays: Overlays) -> None:
        """Change what is drawn over the avatar."""
        self.overlays, self._stale = overlays, True

    def show_tone(self, tone: Tone) -> None:
        """Change how light becomes colour; visitors see "neutral"."""
        self.tone, self._stale = tone, True

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
        part = (max(1, round(self._size[0] * scale)), max(1, round(self._size[1] * scale)))
        self._offset = (offset[0] * 2 / part[0], offset[1] * 2 / part[1])
        model = self._model
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glDepthMask(True)
        GL.glViewport(0, 0, *part)
        self._clear(part)
        if model is not None and pose is not None:
            if self._stale or not self.shows(pose):
                model.take_pose(pose, model.body.scene_from_file)
                self._shown = pose
            self._draw_avatar(model, pose)
        GL.glBindVertexArray(0)
        GL.glUseProgram(0)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        self._stale = self.camera.changed = False
        self.pictures_drawn += 1
        return part

    def dispose(self) -> None:
        """Free everything on the card."""
        self.unload()
        self._holdings.dispose()

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

    def _draw_avatar(self, model: Model, pose: Pose) -> None:
        shift = np.eye(4)
        shift[:2, 3] = self._offset
        eye = Eye(shift @ self.camera.clip_from_scene(), self.camera.camera_from_scene(), self.camera.eye, self.tone)
        self._light.bind()
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glEnable(GL.GL_DEPTH_TEST)
        GL.glDepthFunc(GL.GL_LEQUAL)
        GL.glCullFace(GL.GL_BACK)
        if self.overlays.grid:
            self._sketcher.draw_grid(eye.clip_from_scene, dark=self.backdrop is not None and self.backdrop.dark)
        self._draw_floor(eye)
        model.draw(lambda program: self._light.prepare(program, eye), eye.place)
        if self.overlays.wireframe:
            self._sketcher.draw_wireframe(eye.clip_from_scene, model)
        if self.overlays.skeleton:
            self._sketcher.draw_skeleton(eye.clip_from_scene, model.body, pose)
        GL.glDisable(GL.GL_BLEND)
        GL.glDisable(GL.GL_CULL_FACE)

    def _draw_floor(self, eye: Eye) -> None:
        program = self._programs.get("floor.vert", "floor.frag")
        program.use()
        program.matrix("clip_from_scene", eye.clip_from_scene)
        program.vector("spot", spot_size(self._figure))
        program.number("lift", SPOT_LIFT)
        program.vector("shade", (*SPOT_COLOUR, SPOT_DARKEST))
        GL.glDisable(GL.GL_CULL_FACE)
        GL.glDepthMask(False)
        GL.glBindVertexArray(self._blank)
        GL.glDrawArrays(GL.GL_TRIANGLE_STRIP, 0, 4)
        GL.glDepthMask(True)


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
