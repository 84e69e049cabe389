"""`troupe optimise`: a lighter file beside the designer's own."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.errors import BadRequest
from studio.cli.avatars import AsJson

if TYPE_CHECKING:
    from shared.glb.optimising import Optimised

_TIERS = ("phone", "desktop")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("optimise")(optimise)


def optimise(
    source: Annotated[Path, typer.Argument(metavar="IN.glb", help="The avatar; it stays as it is.")],
    target: Annotated[Path, typer.Argument(metavar="OUT.glb", help="Where the lighter one goes.")],
    tier: Annotated[str, typer.Option(help="phone: textures of 1024 pixels; desktop: of 2048.")] = "desktop",
    triangles: Annotated[
        int | None, typer.Option(min=0, help="At most so many triangles; 0 keeps all. Default: the tier's budget.")
    ] = None,
    joint_error: Annotated[
        float | None, typer.Option(min=1e-5, max=0.05, help="How far a joint may be off, in body heights.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.png", help="Draw before, after and difference side by side.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a GLB lighter: fewer keys, shorter numbers, WebP, meshopt. Names and clips stay."""
    from dataclasses import replace

    from shared.glb.optimising import Plan, optimised
    from studio.cli.telling import ProgressTeller
    from studio.files.atomic import write_atomically
    from studio.files.creation import read_avatar_file

    if tier not in _TIERS:
        raise BadRequest(f"--tier takes {' or '.join(_TIERS)}, not {tier}.")
    if target.exists() and target.samefile(source):
        raise BadRequest("OUT is the avatar itself, which is never changed: give the lighter file another name.")
    content = read_avatar_file(source)
    plan = Plan(tier="phone" if tier == "phone" else "desktop", triangles=triangles)
    teller = ProgressTeller()
    try:
        made = optimised(content, plan if joint_error is None else replace(plan, joint_error=joint_error), teller)
    finally:
        teller.done()
    write_atomically(target, made.content)
    difference = None if picture is None else _draw(picture, content, made)
    if as_json:
        typer.echo(json.dumps(_json(made, len(content), tier, difference)))
    else:
        _tell(made, len(content))


def _draw(path: Path, before: bytes, made: "Optimised") -> float:
    """Save the side-by-side picture, amid the clip that suffered most. Returns: the mean difference in 255ths."""
    import io

    from shared.glb import Sampler, read_glb
    from studio.config import choose_opengl_platform
    from studio.files.atomic import write_atomically

    choose_opengl_platform("surfaceless")
    from studio.render.comparing import compare

    clip = made.worst_clip or None
    seconds = Sampler(read_glb(before)).clip(clip).seconds / 2 if clip else 0.0
    compared = compare(before, made.content, clip, seconds)
    stream = io.BytesIO()
    compared.picture.save(stream, "PNG", optimize=True)
    write_atomically(path, stream.getvalue())
    return compared.mean_difference


def _json(made: "Optimised", before: int, tier: str, difference: float | None) -> dict[str, object]:
    steps = [{"name": step.name, "before": step.before, "after": step.after} for step in made.steps]
    said: dict[str, object] = {"tier": tier, "bytes_before": before, "bytes": len(made.content), "steps": steps}
    said |= {"joint_error": made.joint_error, "worst_clip": made.worst_clip}
    said |= {"triangles_before": made.triangles_before, "triangles": made.triangles}
    return said if difference is None else {**said, "mean_difference": round(difference, 4)}


def _tell(made: "Optimised", before: int) -> None:
    for step in made.steps:
        typer.echo(f"  {step.name:<10} {step.before:>12,} -> {step.after:>12,} bytes")
    share = len(made.content) / before if before else 1.0
    typer.echo(f"{before:,} -> {len(made.content):,} bytes ({share:.0%})")
    if made.triangles != made.triangles_before:
        typer.echo(f"{made.triangles_before:,} -> {made.triangles:,} triangles")
    if made.worst_clip:
        typer.echo(f"joints are off by {made.joint_error:.5f} body heights at most, in {made.worst_clip}")
