"""What a project's rehearsals have cost this month on this desk, kept in `.troupe/`."""

from datetime import UTC, datetime

from pydantic import Field, ValidationError

from shared.contract.base import Frozen
from shared.providers.budget import month_start
from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache


class Spending(Frozen):
    """The cost of the answers of one calendar month (UTC)."""

    month: datetime
    micros: int = Field(default=0, ge=0)
    """Millionths of a US dollar, of answers whose price is known."""
    unpriced: int = Field(default=0, ge=0)
    """Answers of models whose price is not known."""


def spending_of(project: Project, now: datetime | None = None) -> Spending:
    """What the month of `now` has cost so far; a cache that was lost counts from nothing."""
    month = month_start(now or datetime.now(UTC))
    try:
        kept = Spending.model_validate_json((project.cache / "spending.json").read_bytes())
    except (OSError, ValidationError):
        return Spending(month=month)
    return kept if kept.month == month else Spending(month=month)


def spent_this_month(project: Project) -> int:
    """In millionths of a US dollar."""
    return spending_of(project).micros


def add_spending(project: Project, micros: int | None, now: datetime | None = None) -> None:
    """Count one answer; None is one whose price is not known. A disk that refuses costs the count, not the answer."""
    before = spending_of(project, now)
    after = Spending(
        month=before.month, micros=before.micros + (micros or 0), unpriced=before.unpriced + (micros is None)
    )
    try:
        prepare_cache(project)
        write_atomically(project.cache / "spending.json", after.model_dump_json().encode())
    except OSError:
        return
