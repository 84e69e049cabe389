"""The steps of an optimisation in their order, each weighed, and the result measured."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shared.glb.document import Glb, read_glb
from shared.glb.meshopt.packing import Packer
from shared.glb.optimising.measuring import Yardstick
from shared.glb.optimising.motions import quantise_motions, quantise_skins
from shared.glb.optimising.pictures import shrink_pictures
from shared.glb.optimising.plan import TEXTURE_PIXELS, Optimised, Plan, Report, Step
from shared.glb.optimising.reach import reach_of
from shared.glb.optimising.resampling import resample, track_tolerances
from shared.glb.optimising.shapes import quantise_shapes
from shared.glb.optimising.simplifying import simplify
from shared.glb.optimising.tidying import dedupe, prune
from shared.glb.optimising.working import Working
from shared.glb.optimising.writing import written

_CAUTIONS = (0.95, 0.7, 0.4)
"""Of the error that is allowed, what is aimed at: between the moments that are looked at there are others."""
_EXTENSION_VERSION = 0
"""Of the vertex stream, as EXT_meshopt_compression has it."""


def optimised(content: bytes | Path, plan: Plan | None = None, report: Report | None = None) -> Optimised:
    """Make a GLB lighter. Names of nodes, clips, morph targets and materials stay, and so does their order.

    Args:
        report: told what is being done; what it raises cancels the work.
    Raises: BadGlb: the file cannot be read. Unavailable: meshopt was not set up.
    """
    glb, wanted = read_glb(content), plan or Plan()
    for caution in _CAUTIONS:
        careful = replace(wanted, joint_error=wanted.joint_error * caution)
        made = _Optimisation(glb, careful, report or _silent).run()
        if made.joint_error <= wanted.joint_error:
            break
    return made


def _silent(_: str, __: float) -> None:
    return


class _Optimisation:
    """One file on its way."""

    _SHARES = (("resample", 0.55), ("dedupe", 0.05), ("prune", 0.02), ("simplify", 0.05), ("textures", 0.1),
               ("quantize", 0.1), ("meshopt", 0.05), ("measure", 0.08))  # fmt: skip

    def __init__(self, glb: Glb, plan: Plan, report: Report) -> None:
        self._glb, self._plan, self._report = glb, plan, report
        self._working, self._reach = Working(glb), reach_of(glb)
        self._yardstick = Yardstick(glb, self._reach)
        self._tolerances = track_tolerances(self._working, self._reach, plan.joint_error)
        self._packer = Packer(_EXTENSION_VERSION)
        self._steps: list[Step] = []
        self._weight = glb.bytes
        self._triangles = (0, 0)

    def run(self) -> Optimised:
        working = self._working
        self._unpack()
        self._step("resample", self._resample)
        self._step("dedupe", lambda _: dedupe(working))
        self._step("prune", lambda _: prune(working))
        self._step("simplify", self._simplify)
        self._step("textures", lambda tell: shrink_pictures(working, TEXTURE_PIXELS[self._plan.tier], tell))
        self._step("quantize", self._quantise)
        content = self._write()
        error, clip = self._measured(content)
        return Optimised(content, tuple(self._steps), error, clip, *self._triangles)

    def _unpack(self) -> None:
        plain = self._working.size
        if plain > self._weight * 1.1:
            self._steps.append(Step("unpack", self._weight, plain))
            self._weight = plain

    def _step(self, name: str, work: Callable[[Report], object]) -> None:
        tell = self._teller(name)
        tell("", 0.0)
        work(tell)
        self._note(name, self._working.size)

    def _note(self, name: str, after: int) -> None:
        self._steps.append(Step(name, self._weight, after))
        self._weight = after

    def _teller(self, name: str) -> Report:
        """Turns the share of a step into a share of the whole."""
        names = [one for one, _ in self._SHARES]
        before = sum(share for _, share in self._SHARES[: names.index(name)])
        own = dict(self._SHARES)[name]
        return lambda sentence, done: self._report(sentence or _SENTENCES[name], min(1.0, before + own * done))

    def _resample(self, tell: Report) -> None:
        resample(self._working, self._yardstick, self._tolerances, self._plan.joint_error, tell)

    def _simplify(self, tell: Report) -> None:
        self._triangles = simplify(self._working, self._plan.most_triangles, tell)

    def _quantise(self, tell: Report) -> None:
        quantise_shapes(self._working, self._packer, self._reach, self._plan.tier, tell)
        quantise_motions(self._working, self._yardstick, self._tolerances, self._plan.joint_error, tell)
        quantise_skins(self._working, self._reach)

    def _write(self) -> bytes:
        content = written(self._working, self._packer, self._teller("meshopt"))
        self._note("meshopt", len(content))
        return content

    def _measured(self, content: bytes) -> tuple[float, str]:
        self._teller("measure")("", 0.0)
        errors = self._yardstick.errors(read_glb(content))
        self._report("Done", 1.0)
        if not errors:
            return 0.0, ""
        worst = max(range(len(errors)), key=errors.__getitem__)
        return errors[worst], self._glb.clip_names[worst]


_SENTENCES = {
    "resample": "Thinning out keys", "dedupe": "Looking for equal parts", "prune": "Leaving out what is not used",
    "simplify": "Reducing triangles", "textures": "Packing textures", "quantize": "Rounding numbers",
    "meshopt": "Packing", "measure": "Measuring the result",
}  # fmt: skip
