"""Contact sheets of an exported GLB: a clip at several times from several sides, on the processor by Cycles.

Run from the folder above: python -m kit.pictures FILE.glb SHEET.png --clip Wave --times 0.5,1.0 --angles 0,45
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import bpy
from mathutils import Vector
from PIL import Image, ImageDraw

FPS = 30
PORTRAIT_STOPS = 0.45  # brighter than a contact sheet, in photographic stops


def render_sheet(
    glb: Path,
    sheet: Path,
    clip: str = "",
    times: Sequence[float] = (0.0,),
    angles: Sequence[float] = (0.0,),
    face: Mapping[str, float] | None = None,
    size: tuple[int, int] = (420, 480),
    samples: int = 16,
    focus: tuple[float, float] = (0.86, 2.0),
) -> None:
    """Write a picture with a row per angle (0 is from the front, degrees to its left) and a column per time.

    Args:
        face: morph weights set on top of the clip.
        focus: the height that the camera looks at and the height of the picture, in metres.
    """
    load(glb)
    light_stage(size, samples)
    rows = [[(angle, at) for at in times] for angle in angles]
    whole = Image.new("RGB", (size[0] * len(times), size[1] * len(angles)))
    with tempfile.TemporaryDirectory() as folder:
        for y, row in enumerate(rows):
            for x, (angle, at) in enumerate(row):
                pose_at(clip, at, face or {})
                picture = _shot(Path(folder) / "shot.png", angle, focus)
                ImageDraw.Draw(picture).text((8, 6), f"{clip} {at:.2f}s {angle:.0f}", fill=(60, 60, 60))
                whole.paste(picture.convert("RGB"), (x * size[0], y * size[1]))
    whole.save(sheet)


def render_moments(
    glb: Path,
    sheet: Path,
    moments: Sequence[str],
    columns: int = 6,
    size: tuple[int, int] = (300, 330),
    focus: tuple[float, float] = (0.9, 2.0),
    samples: int = 10,
    angle: float = 20,
) -> None:
    """Write a picture of many clips, each moment given as `Clip@seconds`, in rows."""
    load(glb)
    light_stage(size, samples)
    whole = Image.new("RGB", (size[0] * columns, size[1] * -(-len(moments) // columns)))
    with tempfile.TemporaryDirectory() as folder:
        for i, moment in enumerate(moments):
            clip, at = moment.split("@")
            pose_at(clip, float(at), {})
            picture = _shot(Path(folder) / "shot.png", angle, focus)
            ImageDraw.Draw(picture).text((8, 6), moment, fill=(60, 60, 60))
            whole.paste(picture.convert("RGB"), (i % columns * size[0], i // columns * size[1]))
    whole.save(sheet)


def render_portrait(
    glb: Path,
    picture: Path,
    moment: str,
    angle: float = 14,
    size: tuple[int, int] = (900, 1100),
    focus: tuple[float, float] = (0.9, 2.02),
    samples: int = 96,
) -> None:
    """Write one clip's moment (`Clip@seconds`), bright, on nothing but its own soft shadow, as a transparent PNG."""
    load(glb)
    light_stage(size, samples)
    scene = bpy.context.scene
    scene.render.film_transparent, scene.view_settings.exposure = True, PORTRAIT_STOPS
    bpy.data.objects["Plane"].is_shadow_catcher = True
    clip, at = moment.split("@")
    pose_at(clip, float(at), {})
    _shot(picture, angle, focus)


def render_faces(
    glb: Path,
    sheet: Path,
    morphs: Sequence[str],
    columns: int = 6,
    size: tuple[int, int] = (260, 240),
    focus: tuple[float, float] = (1.33, 0.62),
    samples: int = 12,
) -> None:
    """Write a picture of the face with each morph fully on, in rows."""
    load(glb)
    light_stage(size, samples)
    rows = -(-len(morphs) // columns)
    whole = Image.new("RGB", (size[0] * columns, size[1] * rows))
    with tempfile.TemporaryDirectory() as folder:
        for i, morph in enumerate(morphs):
            pose_at("", 0, {} if morph == "neutral" else {morph: 1.0})
            picture = _shot(Path(folder) / "shot.png", 0, focus)
            ImageDraw.Draw(picture).text((8, 6), morph, fill=(60, 60, 60))
            whole.paste(picture.convert("RGB"), (i % columns * size[0], i // columns * size[1]))
    whole.save(sheet)


def load(glb: Path) -> None:
    """Start a scene with the GLB alone."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.scene.render.fps = FPS
    with quiet():
        bpy.ops.import_scene.gltf(filepath=str(glb))


def light_stage(size: tuple[int, int], samples: int) -> None:
    """Set Cycles, a soft key light from the left, a fill, a rim, a floor and a camera."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.samples, scene.cycles.use_denoising = samples, True
    scene.cycles.max_bounces = 4
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.view_settings.view_transform = "Standard"
    world = bpy.data.worlds.new("World")
    scene.world = world
    world.use_nodes = True
    background = world.node_tree.nodes["Background"].inputs
    background["Color"].default_value, background["Strength"].default_value = (0.86, 0.9, 0.96, 1), 0.42
    _area((-2.2, -3.0, 3.2), 62, 2.4)
    _area((2.8, -2.2, 1.6), 14, 2.0)
    _area((1.2, 2.6, 2.8), 50, 1.5)
    bpy.ops.mesh.primitive_plane_add(size=40)
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.data.type = "PERSP"
    camera.data.lens = 80
    scene.collection.objects.link(camera)
    scene.camera = camera


def _area(place: tuple[float, float, float], watts: float, size: float) -> None:
    """Add a soft square light that looks at the chest."""
    light = bpy.data.objects.new("Light", bpy.data.lights.new("Light", "AREA"))
    light.data.energy, light.data.size = watts, size
    light.location = place
    light.rotation_euler = (Vector((0, 0, 0.9)) - Vector(place)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(light)


def pose_at(clip: str, at: float, face: Mapping[str, float]) -> None:
    """Show one time of one clip, and set morphs on top."""
    keys = [key for mesh in bpy.data.meshes if mesh.shape_keys for key in mesh.shape_keys.key_blocks[1:]]
    for key in keys:
        key.value = 0.0
    for owner in _animated():
        owner.animation_data.action = None
        for track in owner.animation_data.nla_tracks:
            track.mute = track.name != clip
    bpy.context.scene.frame_set(int(at * FPS), subframe=at * FPS % 1)
    for key in keys:
        if key.name in face:
            key.value = face[key.name]


def _animated() -> Iterator[Any]:
    """Yield everything that has NLA tracks."""
    shape_keys = [mesh.shape_keys for mesh in bpy.data.meshes if mesh.shape_keys]
    yield from (owner for owner in [*bpy.data.objects, *shape_keys] if owner.animation_data)


def _shot(path: Path, angle: float, focus: tuple[float, float]) -> Image.Image:
    """Render from an angle about the vertical and return the picture."""
    camera = bpy.context.scene.camera
    height, span = focus
    far = span / 2 / math.tan(math.atan(_sensor_height(camera) / 2 / camera.data.lens))
    turn = math.radians(angle)
    camera.location = (far * math.sin(turn), -far * math.cos(turn), height + far * 0.06)
    camera.rotation_euler = (Vector((0, 0, height)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.render.filepath = str(path)
    with quiet():
        bpy.ops.render.render(write_still=True)
    return Image.open(path).copy()


def _sensor_height(camera: Any) -> float:
    """Return the height of the film in millimetres; the sensor fits the longer side."""
    render = bpy.context.scene.render
    longer = max(render.resolution_x, render.resolution_y)
    return float(camera.data.sensor_width * render.resolution_y / longer)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence Blender's own chatter on the file descriptor."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)


def main() -> None:
    """Render from the command line."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("glb", type=Path)
    ask.add_argument("sheet", type=Path)
    ask.add_argument("--clip", default="")
    ask.add_argument("--times", default="0")
    ask.add_argument("--angles", default="0")
    ask.add_argument("--faces", default="", help="morph names; a sheet of faces instead")
    ask.add_argument("--moments", default="", help="CLIP@SECONDS,...; a sheet of moments of many clips")
    ask.add_argument("--portrait", default="", help="CLIP@SECONDS; one large transparent picture")
    ask.add_argument("--focus", default="", help="height looked at, height of the picture")
    ask.add_argument("--size", default="")
    wish = ask.parse_args()
    extra: dict[str, Any] = {}
    if wish.focus:
        extra["focus"] = tuple(float(value) for value in wish.focus.split(","))
    if wish.size:
        extra["size"] = tuple(int(value) for value in wish.size.split(","))
    if wish.portrait:
        render_portrait(wish.glb, wish.sheet, wish.portrait, float(wish.angles), **extra)
    elif wish.moments:
        render_moments(wish.glb, wish.sheet, wish.moments.split(","), angle=float(wish.angles), **extra)
    elif wish.faces:
        render_faces(wish.glb, wish.sheet, wish.faces.split(","), **extra)
    else:
        times, angles = ([float(value) for value in text.split(",")] for text in (wish.times, wish.angles))
        render_sheet(wish.glb, wish.sheet, wish.clip, times, angles, **extra)


if __name__ == "__main__":
    main()
