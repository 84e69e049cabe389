"""Shader programs: GLSL files put together with their defines, compiled once per combination."""

from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from studio.render.environment import LAMPS
from studio.render.gl import GL, capture_varying
from studio.render.holdings import Holdings

MOST_MORPHS = 24
"""Morph targets that act at one time; of more, the strongest."""
_HEADER = "#version 330 core\n"


class ShaderFault(Exception):
    """The driver refused a shader of ours: a defect, or a driver that is not 3.3."""


class Program:
    """A linked program. Its uniforms are set while it is in use, by name; names that it lacks are passed over."""

    def __init__(
        self, holdings: Holdings, vertex: str, fragment: str, defines: tuple[str, ...] = (), feedback: str = ""
    ) -> None:
        self.name = holdings.program(_link(vertex, fragment, defines, feedback))
        self._locations: dict[str, int] = {}

    def use(self) -> None:
        """Make it the program that draws."""
        GL.glUseProgram(self.name)

    def integer(self, name: str, value: int) -> None:
        """Set an int or a sampler's unit."""
        GL.glUniform1i(self._at(name), value)

    def number(self, name: str, value: float) -> None:
        """Set a float."""
        GL.glUniform1f(self._at(name), value)

    def vector(self, name: str, value: tuple[float, ...] | NDArray[np.floating]) -> None:
        """Set a vec2, vec3 or vec4."""
        (GL.glUniform2f, GL.glUniform3f, GL.glUniform4f)[len(value) - 2](self._at(name), *(float(v) for v in value))

    def vectors(self, name: str, values: NDArray[np.float32]) -> None:
        """Set an array of vec3, (n, 3)."""
        GL.glUniform3fv(self._at(name), len(values), values)

    def matrix(self, name: str, value: NDArray[np.floating]) -> None:
        """Set a mat3 or mat4 given row by row."""
        rows = np.ascontiguousarray(value, np.float32)
        (GL.glUniformMatrix3fv if len(rows) == 3 else GL.glUniformMatrix4fv)(self._at(name), 1, True, rows)

    def morphs(self, targets: NDArray[np.int32], weights: NDArray[np.float32]) -> None:
        """Set the morph targets that act, at most `MOST_MORPHS`."""
        self.integer("morph_count", len(targets))
        if len(targets):
            GL.glUniform1iv(self._at("morph_targets"), len(targets), targets)
            GL.glUniform1fv(self._at("morph_weights"), len(weights), weights)

    def _at(self, name: str) -> int:
        if name not in self._locations:
            self._locations[name] = GL.glGetUniformLocation(self.name, name)
        return self._locations[name]


class Programs:
    """The programs of one context, compiled when they are first asked for."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._made: dict[tuple[str, str, tuple[str, ...]], Program] = {}

    def get(self, vertex: str, fragment: str, defines: tuple[str, ...] = ()) -> Program:
        """The program of two files under `glsl/` (without folder), such as `get("surface.vert", "surface.frag")`."""
        key = (vertex, fragment, defines)
        if key not in self._made:
            self._made[key] = Program(self._holdings, vertex, fragment, defines)
        return self._made[key]


@cache
def glsl(name: str) -> str:
    """The text of a file under `glsl/`."""
    return (resources.files("studio.render") / "glsl" / name).read_text(encoding="utf-8")


def _link(vertex: str, fragment: str, defines: tuple[str, ...], feedback: str) -> int:
    numbers = (f"MOST_MORPHS {MOST_MORPHS}", f"LAMPS {len(LAMPS)}")
    head = _HEADER + "".join(f"#define {define}\n" for define in (*defines, *numbers))
    posed = glsl("pose.glsl") if vertex in ("surface.vert", "shape.vert") else ""
    toned = glsl("tone.glsl") if fragment == "surface.frag" else ""
    if fragment == "surface.frag" and "UNLIT" not in defines:
        toned += glsl("light.glsl")
    program = int(GL.glCreateProgram())
    shaders = [
        _compile(GL.GL_VERTEX_SHADER, head + posed + glsl(vertex), vertex),
        _compile(GL.GL_FRAGMENT_SHADER, head + toned + glsl(fragment), fragment),
    ]
    for shader in shaders:
        GL.glAttachShader(program, shader)
    if feedback:
        capture_varying(program, feedback)
    GL.glLinkProgram(program)
    for shader in shaders:
        GL.glDetachShader(program, shader)
        GL.glDeleteShader(shader)
    if not GL.glGetProgramiv(program, GL.GL_LINK_STATUS):
        raise ShaderFault(f"{vertex} with {fragment}: {GL.glGetProgramInfoLog(program)}")
    return program


def _compile(kind: int, source: str, name: str) -> int:
    shader = int(GL.glCreateShader(kind))
    GL.glShaderSource(shader, source)
    GL.glCompileShader(shader)
    if not GL.glGetShaderiv(shader, GL.GL_COMPILE_STATUS):
        raise ShaderFault(f"{name}: {GL.glGetShaderInfoLog(shader)}")
    return shader
