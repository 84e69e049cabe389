"""`troupe rehearse`: saved conversations replayed as tests."""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.errors import BadRequest
from studio.cli.avatars import AsJson
from studio.cli.projects import Folder

if TYPE_CHECKING:
    from shared.contract.chatbot import ChatbotDraft
    from shared.contract.rehearsal import Rehearsal
    from studio.rehearsal.replay import Replayed

_CLEAR = "\r\x1b[K"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rehearse")(rehearse)


def rehearse(
    folder: Folder,
    script: Annotated[
        Path | None, typer.Argument(metavar="SCRIPT.json", help="A saved conversation; none: all of the project.")
    ] = None,
    as_json: AsJson = False,
    understudy: Annotated[
        bool, typer.Option("--understudy", help="Let the built-in understudy answer: repeatable, and free.")
    ] = False,
) -> None:
    """Replay saved conversations; exits with 1 when something that was pinned does not hold any more."""
    from studio.files.creation import refreshed
    from studio.files.project import Project, load_draft
    from studio.files.replays import keep_replay

    project = Project(folder)
    draft = refreshed(project, load_draft(project))
    chosen = (_read(script),) if script is not None else draft.rehearsals
    if not chosen:
        raise BadRequest(
            f"{folder} has no saved conversations. Save one in the studio's Rehearsal panel, or give SCRIPT.json."
        )
    if understudy:
        from shared.contract.chatbot import ModelChoice

        draft = draft.model_copy(update={"models": ModelChoice(provider="understudy")})
    replayed = asyncio.run(_replay_all(project.folder, draft, chosen))
    for one in replayed:
        keep_replay(project, one.rehearsal, held=one.held)
    if as_json:
        _tell_json(replayed)
    else:
        _tell(replayed)
    raise typer.Exit(0 if all(one.held for one in replayed) else 1)


def _read(path: Path) -> "Rehearsal":
    from pydantic import ValidationError

    from shared.contract.rehearsal import Rehearsal

    try:
        return Rehearsal.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise BadRequest(f"{path} is no saved conversation: {place or 'the file'}: {first['msg'].lower()}.") from error
    except OSError as error:
        raise BadRequest(f"Cannot read {path}: {(error.strerror or str(error)).lower()}.") from error


async def _replay_all(folder: Path, draft: "ChatbotDraft", chosen: "Sequence[Rehearsal]") -> "list[Replayed]":
    from studio.cli.reading import ReadingTeller
    from studio.config import Settings
    from studio.files.project import Project
    from studio.rehearsal.models import RehearsalParts
    from studio.rehearsal.replay import replay

    parts = RehearsalParts(Settings())
    index, conversation = parts.for_project(Project(folder))
    ReadingTeller(draft.knowledge, index)
    terminal = sys.stderr.isatty()
    done: list[Replayed] = []
    try:
        for number, rehearsal in enumerate(chosen, start=1):
            place = f"{rehearsal.name} ({number} of {len(chosen)})"

            def told(turns: int, place: str = place, of: int = len(rehearsal.turns)) -> None:
                if terminal:
                    typer.echo(f"{_CLEAR}{place}: turn {min(turns + 1, of)} of {of}", err=True, nl=False)

            done.append(await replay(rehearsal, draft, conversation.another(), told))
    finally:
        await parts.close()
        if terminal:
            typer.echo(_CLEAR, err=True, nl=False)
    return done


def _tell_json(replayed: "Sequence[Replayed]") -> None:
    from studio.rehearsal.replay import report_of

    held = sum(one.held for one in replayed)
    report = {"held": held, "failed": len(replayed) - held, "rehearsals": [report_of(one) for one in replayed]}
    typer.echo(json.dumps(report, ensure_ascii=False))


def _tell(replayed: "Sequence[Replayed]") -> None:
    for one in replayed:
        turns = len(one.turns)
        typer.echo(f"{'held  ' if one.held else 'FAILED'}  {one.rehearsal.name}, {turns} turn{'s' * (turns != 1)}")
        for result in one.turns:
            if result.held:
                continue
            typer.echo(f"  {result.turn.visitor}")
            if result.failure:
                typer.echo(f"    no answer: {result.failure}")
            for check in result.checks:
                if not check.held:
                    typer.echo(f"    {check.kind.replace('_', ' ')} {check.wanted}, but: {check.found}")
    held = sum(one.held for one in replayed)
    typer.echo(f"{held} of {len(replayed)} held")
