"""Commands that look at a GLB: inspect, sample, map."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.errors import BadRequest

if TYPE_CHECKING:
    from shared.contract.avatar import AvatarFacts
    from shared.glb import Glb

File = Annotated[Path, typer.Argument(metavar="FILE.glb", help="An avatar: .glb, or .gltf with data inside.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("inspect")(inspect_avatar)
    app.command("sample")(sample)
    app.command("map")(map_roles)


def _read(path: Path) -> "Glb":
    from shared.glb import read_glb
    from studio.files.creation import read_avatar_file

    return read_glb(read_avatar_file(path))


def inspect_avatar(file: File, as_json: AsJson = False) -> None:
    """Say what a GLB holds: clips with their measures, joints, morph targets, findings."""
    from shared.glb.inspection import inspect

    facts = inspect(_read(file))
    if as_json:
        typer.echo(json.dumps(facts.model_dump(mode="json"), ensure_ascii=False))
        return
    _tell_facts(file, facts)


def _tell_facts(file: Path, facts: "AvatarFacts") -> None:
    typer.echo(f"{file.name}: {facts.bytes:,} bytes, {facts.height:.2f} m high, {facts.triangles:,} triangles")
    typer.echo(
        f"{facts.joints} joints, {len(facts.morph_targets)} morph targets, {len(facts.materials)} materials, "
        f"{facts.textures} textures, mouth: {facts.mouth_tier}"
    )
    for clip in facts.clips:
        window = f"{clip.active_start:.2f} to {clip.active_end:.2f}"
        typer.echo(f"  {clip.name:<32} {clip.seconds:6.2f} s  {clip.tracks:4d} tracks  active {window} s")
    for finding in facts.findings:
        typer.echo(f"  {finding.severity}: {finding.sentence}")


def sample(
    file: File,
    clip: Annotated[str, typer.Option(help="The clip's name, as inspect prints it.")],
    at: Annotated[float, typer.Option(help="Seconds from the clip's start.")],
    as_json: AsJson = False,
) -> None:
    """Pose the avatar: every node's world matrix (column-major), and the morph weights, at one time of a clip."""
    import math

    from shared.glb import Sampler

    if not math.isfinite(at):
        raise BadRequest("--at takes a time in seconds, such as 0.4.")
    glb = _read(file)
    if clip not in glb.clip_names:
        raise BadRequest(f"{file.name} has no clip {clip}. It has: {', '.join(glb.clip_names) or 'none at all'}.")
    pose = Sampler(glb).pose(clip, at)
    names = glb.node_names
    nodes = {names[index]: matrix.T.flatten().tolist() for index, matrix in enumerate(pose.world)}
    weights = {names[node]: row.tolist() for node, row in pose.weights.items()}
    if as_json:
        typer.echo(json.dumps({"nodes": nodes, "weights": weights}, ensure_ascii=False))
        return
    for name, matrix in nodes.items():
        typer.echo(f"{name:<32} at {matrix[12]:8.4f} {matrix[13]:8.4f} {matrix[14]:8.4f}")


def map_roles(file: File, as_json: AsJson = False) -> None:
    """Propose what each clip means, and say how sure that is; below 0.7 the designer is asked."""
    from shared.acting.mapping import propose_roles
    from shared.glb.inspection import inspect

    proposals = propose_roles(inspect(_read(file)).clips)
    if as_json:
        typer.echo(json.dumps([one.model_dump(mode="json") for one in proposals], ensure_ascii=False))
        return
    for one in proposals:
        typer.echo(f"{one.role:<14} {one.clip:<32} {one.confidence:4.2f}  by {one.source}")
