"""How each saved conversation went when it was replayed last, kept in `.troupe/replays.json`."""

import hashlib
from collections.abc import Mapping

from pydantic import Field, ValidationError

from shared.contract.base import Frozen
from shared.contract.chatbot import ChatbotDraft
from shared.contract.rehearsal import Rehearsal
from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache


class _Outcome(Frozen):
    rehearsal: str
    """Digest of the conversation as it was replayed."""
    held: bool


class _Outcomes(Frozen):
    by_name: Mapping[str, _Outcome] = Field(default_factory=dict)


def keep_replay(project: Project, rehearsal: Rehearsal, *, held: bool) -> None:
    """Remember how a replay went; a disk that refuses costs replaying it again."""
    before = _load(project).by_name
    after = _Outcomes(by_name={**before, rehearsal.name: _Outcome(rehearsal=_digest(rehearsal), held=held)})
    try:
        prepare_cache(project)
        write_atomically(project.cache / "replays.json", after.model_dump_json().encode())
    except OSError:
        return


def kept_replays(project: Project, draft: ChatbotDraft) -> dict[str, bool]:
    """Whether each of the draft's conversations held, by name; one that was changed since is not among them."""
    kept = _load(project).by_name
    digests = {one.name: _digest(one) for one in draft.rehearsals}
    return {
        name: kept[name].held for name, digest in digests.items() if name in kept and kept[name].rehearsal == digest
    }


def _load(project: Project) -> _Outcomes:
    try:
        return _Outcomes.model_validate_json((project.cache / "replays.json").read_bytes())
    except (OSError, ValidationError):
        return _Outcomes()


def _digest(rehearsal: Rehearsal) -> str:
    return hashlib.sha256(rehearsal.model_dump_json().encode()).hexdigest()
