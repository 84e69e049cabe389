"""`troupe bake`: pictures of a project's character, for the widget and for elsewhere."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studio.cli.avatars import AsJson
from studio.cli.projects import Folder

if TYPE_CHECKING:
    from studio.render.baking import Baked


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bake")(bake)


def bake(
    folder: Folder,
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A folder for the pictures; made where it is not.")],
    turntable: Annotated[bool, typer.Option(help="Also once around, as GIF and WebM.")] = True,
    as_json: AsJson = False,
) -> None:
    """Draw poster, sprites (each emotion, three mouths), social card and turntable."""
    from studio.cli.telling import ProgressTeller
    from studio.config import choose_opengl_platform
    from studio.files.atomic import write_atomically
    from studio.files.project import Project, load_draft

    choose_opengl_platform("surfaceless")
    from studio.render.baking import bake as bake_project

    project = Project(folder)
    draft = load_draft(project)
    target.mkdir(parents=True, exist_ok=True)
    teller = ProgressTeller()
    try:
        baked = bake_project(project, draft, teller, turntable=turntable)
    finally:
        teller.done()
    files = _files(baked)
    for name, content in files.items():
        write_atomically(target / name, content)
    if as_json:
        typer.echo(json.dumps({"files": {name: len(content) for name, content in files.items()}}))
        return
    for name, content in files.items():
        typer.echo(f"{target / name}  {len(content):,} bytes")


def _files(baked: "Baked") -> dict[str, bytes]:
    files = {"poster.webp": baked.poster, "sprites.webp": baked.sprites.content, "card.png": baked.card}
    files["sprites.json"] = _layout(baked)
    if baked.turntable_gif is not None:
        files["turntable.gif"] = baked.turntable_gif
    if baked.turntable_webm is not None:
        files["turntable.webm"] = baked.turntable_webm
    return files


def _layout(baked: "Baked") -> bytes:
    """Where each picture is on the sheet, for pages of one's own."""
    width, height = baked.sprites.size
    said = {"width": width, "height": height, "rows": list(baked.sprites.emotions)}
    said["columns"] = ["shut", "half", "open"]
    return json.dumps(said, indent=2).encode() + b"\n"
