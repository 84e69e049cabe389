"""What the checklist needs to know of a project's files: what lies there, what it weighs, what it holds by mistake."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import Field, ValidationError

from shared.contract.avatar import AvatarFacts, RoleProposal
from shared.contract.base import Frozen
from shared.contract.chatbot import BlobRef, ChatbotDraft
from shared.errors import BadDocument, BadGlb
from shared.glb import inspect, read_glb
from shared.knowledge.documents import parse_document
from studio.files.atomic import write_atomically
from studio.files.gold import load_score
from studio.files.project import DRAFT_FILE, Project, prepare_cache
from studio.files.replays import kept_replays
from studio.model.readiness import Evidence, GoldStanding
from studio.model.secrets import Secret, secrets_in, secrets_in_draft

_VERSION = 1
"""Of what is kept: raise it when the search for secrets changes."""
_LARGEST_STRAY_BYTES = 512 * 1024
_MOST_STRAYS = 200
_OWN_FOLDERS = frozenset({"avatar", "knowledge", ".troupe", ".git", "node_modules", ".venv"})
_WIRE_LEVEL = 6


class _Read(Frozen):
    """What was found in a document's text, or why there was none to read."""

    secrets: tuple[Secret, ...] = ()
    problem: str = ""


class _Seen(Frozen):
    """By digest: documents are read once, however often the list is looked at."""

    version: int = _VERSION
    documents: Mapping[str, _Read] = Field(default_factory=dict)
    wire_bytes: Mapping[str, int] = Field(default_factory=dict)
    shown: Mapping[str, AvatarFacts] = Field(default_factory=dict)


def gather(
    project: Project, draft: ChatbotDraft, facts: AvatarFacts, proposals: tuple[RoleProposal, ...] = ()
) -> Evidence:
    """Look at the project's files; takes a second for documents that were never looked at.

    Args:
        facts: of the designer's own avatar, as measured when the project was opened.
    """
    before = _load(project)
    contents = {one.blob.name: _content(project.document_path(one.blob)) for one in draft.knowledge}
    read = {name: _read(name, content, before) for name, content in contents.items() if content is not None}
    documents = {digest: found for digest, found in read.values()}
    shown = draft.avatar.shown if draft.avatar else None
    wire = {shown.sha256: before.wire_bytes.get(shown.sha256) or _wire_bytes(project, shown)} if shown else {}
    facts_of_shown = _shown_facts(project, draft, before)
    _keep(project, before, _Seen(documents=documents, wire_bytes=wire, shown=facts_of_shown))
    found = [_placed(name, seen.secrets) for name, (_, seen) in read.items()]
    return Evidence(
        facts=facts,
        shown=next(iter(facts_of_shown.values()), None),
        wire_bytes=next(iter(wire.values()), 0),
        proposals=proposals,
        missing_files=tuple(_missing(project, draft)),
        unread_documents=tuple(name for name, (_, seen) in read.items() if seen.problem),
        gold=_gold(project, draft),
        replays=kept_replays(project, draft),
        secrets=(*secrets_in_draft(draft), *(secret for group in found for secret in group)),
        stray_secrets=tuple(_stray(project)),
    )


def _missing(project: Project, draft: ChatbotDraft) -> Iterator[str]:
    if draft.avatar is not None and not project.avatar_path(draft.avatar.glb).is_file():
        yield draft.avatar.glb.name
    for document in draft.knowledge:
        if not project.document_path(document.blob).is_file():
            yield document.blob.name


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read(name: str, content: bytes, before: _Seen) -> tuple[str, _Read]:
    """What a document holds, by its digest as it lies on disk now: it may be edited in place."""
    digest = hashlib.sha256(content).hexdigest()
    known = before.documents.get(digest)
    if known is not None:
        return digest, known
    try:
        return digest, _Read(secrets=secrets_in(parse_document(name, content).text, name))
    except BadDocument as error:
        return digest, _Read(problem=error.sentence)


def _placed(name: str, secrets: tuple[Secret, ...]) -> Iterator[Secret]:
    """Found under one name, shown under the document's present one."""
    for secret in secrets:
        yield replace(secret, place=name)


def _wire_bytes(project: Project, blob: BlobRef) -> int:
    """How much a visitor's browser is sent: every server of ours sends avatars compressed."""
    try:
        content = project.avatar_path(blob).read_bytes()
    except OSError:
        return 0
    return min(len(content), len(zlib.compress(content, _WIRE_LEVEL)))


def _shown_facts(project: Project, draft: ChatbotDraft, before: _Seen) -> dict[str, AvatarFacts]:
    """Facts of what visitors get, by its digest; none where that is the designer's own file."""
    blob = draft.avatar.optimised if draft.avatar else None
    if blob is None:
        return {}
    if blob.sha256 in before.shown:
        return {blob.sha256: before.shown[blob.sha256]}
    try:
        return {blob.sha256: inspect(read_glb(project.avatar_path(blob).read_bytes()))}
    except (OSError, BadGlb):
        return {}


def _gold(project: Project, draft: ChatbotDraft) -> GoldStanding | None:
    kept = load_score(project)
    right = kept.score.right if kept else None
    if kept is None or right is None:
        return None
    return GoldStanding(right, len(kept.score.results), kept.fits(draft))


def _stray(project: Project) -> Iterator[Secret]:
    """In files that lie in the folder and are not published, such as `.env`: git may well keep them."""
    for path in _other_files(project.folder):
        try:
            if path.stat().st_size <= _LARGEST_STRAY_BYTES:
                text = path.read_bytes().decode()
                yield from secrets_in(text, path.relative_to(project.folder).as_posix())
        except (OSError, UnicodeDecodeError):
            continue


def _other_files(folder: Path) -> list[Path]:
    try:
        tops = [path for path in sorted(folder.iterdir()) if path.name not in _OWN_FOLDERS | {DRAFT_FILE}]
    except OSError:
        return []
    files = [path for path in tops if path.is_file()]
    for top in tops:
        if top.is_dir() and not top.is_symlink():
            files += [path for path in sorted(top.iterdir()) if path.is_file()]
    return files[:_MOST_STRAYS]


def _load(project: Project) -> _Seen:
    try:
        seen = _Seen.model_validate_json((project.cache / "checked.json").read_bytes())
    except (OSError, ValidationError):
        return _Seen()
    return seen if seen.version == _VERSION else _Seen()


def _keep(project: Project, before: _Seen, now: _Seen) -> None:
    if before == now:
        return
    try:
        prepare_cache(project)
        write_atomically(project.cache / "checked.json", now.model_dump_json().encode())
    except OSError:
        # Looked at again next time.
        return
