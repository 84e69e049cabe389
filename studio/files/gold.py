"""The last gold score of a project, kept in `.troupe/gold.json` with a digest of what it was measured on."""

from datetime import UTC, datetime

from pydantic import ValidationError

from shared.contract.base import Frozen
from shared.contract.chatbot import ChatbotDraft
from shared.dialogue.gold import GoldScore
from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache
from studio.model.gold import measured_on


class KeptScore(Frozen):
    """A score as it was measured."""

    measured_on: str
    """Digest of the questions and documents: see `studio.model.gold.measured_on`."""
    at: datetime
    score: GoldScore

    def fits(self, draft: ChatbotDraft) -> bool:
        """Whether it still holds for this draft: neither questions nor documents have changed since."""
        return self.measured_on == measured_on(draft)


def load_score(project: Project) -> KeptScore | None:
    """The score that was measured last; None when there is none that can be read."""
    try:
        return KeptScore.model_validate_json((project.cache / "gold.json").read_bytes())
    except (OSError, ValidationError):
        return None


def keep_score(project: Project, draft: ChatbotDraft, score: GoldScore) -> KeptScore:
    """Keep a score that was measured on `draft`; a disk that refuses costs measuring it again."""
    kept = KeptScore(measured_on=measured_on(draft), at=datetime.now(UTC), score=score)
    try:
        prepare_cache(project)
        write_atomically(project.cache / "gold.json", kept.model_dump_json().encode())
    except OSError:
        return kept
    return kept
