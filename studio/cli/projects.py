"""Commands on a project's folder: new, add, search, ask."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.errors import BadRequest, Unavailable
from studio.cli.avatars import AsJson

if TYPE_CHECKING:
    from shared.contract.chatbot import ChatbotDraft
    from shared.knowledge.library import Found
    from studio.files.project import Project
    from studio.rehearsal.indexing import KnowledgeIndex

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A project's folder.")]
MOST_FOUND = 50


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("new")(new)
    app.command("add")(add)
    app.command("search")(search)
    app.command("ask")(ask)


def new(
    folder: Folder,
    avatar: Annotated[Path, typer.Option(metavar="FILE.glb", help="The avatar, as Blender exported it.")],
) -> None:
    """Make a project from an avatar; its clips get their roles as far as they are sure."""
    from studio.files.creation import new_project

    _, draft = new_project(folder, avatar)
    clips, roles = len(draft.acting.clips), len(draft.acting.roles)
    typer.echo(f"{folder}: {draft.name}, {clips} clips, {roles} roles played")


def add(folder: Folder, files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents.")]) -> None:
    """Add documents to the project's knowledge: txt, md, html, pdf, docx. All of them, or none."""
    from studio.files.creation import supported_documents, take_document
    from studio.files.project import Project, load_draft, save_draft
    from studio.model.edits import with_documents

    project = Project(folder)
    draft = load_draft(project)
    paths = supported_documents(files)
    for path in paths:
        _check_readable(path)
    taken = [take_document(project, path) for path in paths]
    save_draft(project, with_documents(draft, taken))
    for document in taken:
        typer.echo(f"added {document.title} ({document.blob.bytes:,} bytes)")


def _check_readable(path: Path) -> None:
    from shared.knowledge.documents import parse_document
    from studio.files.creation import document_bytes

    parse_document(path.name, document_bytes(path), None)


def search(
    folder: Folder,
    question: Annotated[str | None, typer.Argument(help="What a visitor might ask.")] = None,
    count: Annotated[int, typer.Option("-k", help="How many passages at most.", min=1, max=MOST_FOUND)] = 5,
    questions: Annotated[Path | None, typer.Option(help="A file of questions, one a line.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find the passages that answer a question; none at all says that it would be declined."""
    if (question is None) == (questions is None):
        raise BadRequest("Give a question, or a file of them with --questions.")
    asked = [question] if question is not None else _lines(questions)
    asyncio.run(_search(folder, asked, count, as_json=as_json))


def _lines(path: Path | None) -> list[str]:
    assert path is not None
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path} is no text in UTF-8. Save it as one question a line.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadRequest(f"Cannot read {path}: {reason}. Give --questions a text file, one question a line.") from error


async def _search(folder: Path, questions: list[str], count: int, *, as_json: bool) -> None:
    from studio.cli.reading import ReadingTeller

    _, draft, index = opened_project(folder)
    ReadingTeller(draft.knowledge, index)
    library = await index.library_for(draft)
    tell_unread(draft, index)
    for question in questions:
        found = await library.search(question, count)
        if as_json:
            typer.echo(json.dumps([_found_json(one) for one in found], ensure_ascii=False))
        else:
            _tell_found(found)


def _found_json(found: "Found") -> dict[str, object]:
    return {"document": found.document_id, "page": found.page, "text": found.text, "score": round(found.score, 6)}


def _tell_found(found: "list[Found]") -> None:
    if not found:
        typer.echo("Nothing in the knowledge answers that.")
    for one in found:
        page = f", page {one.page}" if one.page else ""
        typer.echo(f"{one.score:.2f}  {one.title}{page}\n      {' '.join(one.text.split())}")


def ask(
    folder: Folder, question: Annotated[str, typer.Argument(help="The visitor's words.")], as_json: AsJson = False
) -> None:
    """Rehearse one turn by the code that performs for visitors; with --json every event is a line."""
    raise typer.Exit(asyncio.run(_ask(folder, question, as_json=as_json)))


async def _ask(folder: Path, question: str, *, as_json: bool) -> int:
    from shared.contract.turn import TurnFailed, TurnFinished
    from studio.cli.reading import ReadingTeller
    from studio.config import Settings
    from studio.rehearsal.models import RehearsalParts

    project, draft, _ = opened_project(folder)
    parts = RehearsalParts(Settings())
    index, rehearsal = parts.for_project(project)
    ReadingTeller(draft.knowledge, index)
    failed = False
    try:
        async with rehearsal.turn(question, draft) as events:
            async for event in events:
                failed = failed or isinstance(event, TurnFailed)
                if as_json:
                    typer.echo(event.model_dump_json())
                elif isinstance(event, TurnFinished):
                    typer.echo(event.text)
                elif isinstance(event, TurnFailed):
                    raise Unavailable(event.sentence)
    finally:
        await parts.close()
    tell_unread(draft, index)
    return 1 if failed else 0


def opened_project(folder: Path) -> "tuple[Project, ChatbotDraft, KnowledgeIndex]":
    """A project with its documents as they lie on disk, and its index, which has read nothing yet."""
    from studio.config import Settings
    from studio.files.creation import refreshed
    from studio.files.project import Project, load_draft
    from studio.rehearsal.indexing import KnowledgeIndex, SharedEmbedder

    project = Project(folder)
    draft = refreshed(project, load_draft(project))
    return project, draft, KnowledgeIndex(project, SharedEmbedder(Settings().models_folder))


def tell_unread(draft: "ChatbotDraft", index: "KnowledgeIndex") -> None:
    """Say on the error stream which documents are left out, and why."""
    for document in draft.knowledge:
        standing = index.standing_of(document)
        if standing.state == "failed":
            typer.echo(f"troupe: {document.blob.name} is left out: {standing.problem}", err=True)
