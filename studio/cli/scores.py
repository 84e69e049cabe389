"""The command that scores a project's knowledge: score."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.errors import BadRequest
from studio.cli.avatars import AsJson
from studio.cli.projects import Folder, opened_project, tell_unread

if TYPE_CHECKING:
    from shared.contract.chatbot import ChatbotDraft, GoldQuestion
    from shared.dialogue.gold import GoldResult, GoldScore

Least = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Exit with 1 when a smaller share of the questions goes right.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("score")(score)


def score(
    folder: Folder,
    questions: Annotated[
        Path | None, typer.Option(help="A table of questions and documents, instead of the project's own.")
    ] = None,
    least: Least = 0.0,
    as_json: AsJson = False,
) -> None:
    """Ask the gold questions: does each find the document that answers it, and those without an answer nothing?"""
    found = asyncio.run(_score(folder, questions))
    if as_json:
        typer.echo(json.dumps(_json(found), ensure_ascii=False))
    else:
        _tell(found)
    raise typer.Exit(1 if (found.right or 0.0) < least else 0)


async def _score(folder: Path, questions: Path | None) -> "GoldScore":
    from shared.dialogue.gold import score as gold_score
    from studio.cli.reading import ReadingTeller
    from studio.files.gold import keep_score

    project, draft, index = opened_project(folder)
    ReadingTeller(draft.knowledge, index)
    gold = draft.gold if questions is None else _table(questions, draft)
    if not gold:
        raise BadRequest("The project has no gold questions. Add some in the studio, or give a table with --questions.")
    library = await index.library_for(draft)
    tell_unread(draft, index)
    found = await gold_score(library, gold)
    if questions is None:
        await asyncio.to_thread(keep_score, project, draft, found)
    return found


def _table(path: Path, draft: "ChatbotDraft") -> "tuple[GoldQuestion, ...]":
    from studio.model.gold import read_gold

    try:
        read = read_gold(path.read_text(encoding="utf-8-sig"), draft)
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path} is no text in UTF-8. Save it as CSV in UTF-8.") from error
    except OSError as error:
        raise BadRequest(f"Cannot read {path}: {(error.strerror or str(error)).lower()}.") from error
    for problem in read.problems:
        typer.echo(f"troupe: {problem}", err=True)
    if read.problems:
        raise BadRequest(f"{path} does not fit this project: mend the lines above.")
    return read.questions


def _json(found: "GoldScore") -> dict[str, object]:
    results = [{**one.model_dump(mode="json"), "place": one.place, "right": one.right} for one in found.results]
    return {
        "questions": len(found.results),
        "right": found.right,
        "recall_at_1": found.recall_at_1,
        "recall_at_5": found.recall_at_5,
        "right_declines": found.right_declines,
        "results": results,
    }


def _tell(found: "GoldScore") -> None:
    for one in found.results:
        typer.echo(f"{'right' if one.right else 'WRONG':<6} {one.question}  ({_finding(one)})")
    shares = (("recall@1", found.recall_at_1), ("recall@5", found.recall_at_5), ("declined", found.right_declines))
    told = ", ".join(f"{name} {share:.0%}" for name, share in shares if share is not None)
    typer.echo(f"{sum(one.right for one in found.results)} of {len(found.results)} right: {told}")


def _finding(one: "GoldResult") -> str:
    if not one.found:
        return "found nothing"
    if one.document is None:
        return f"should find nothing, found {one.found[0]}"
    return f"{one.document} at place {one.place}" if one.place else f"found {one.found[0]}, not {one.document}"
