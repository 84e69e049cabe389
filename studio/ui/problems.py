"""What went wrong, worded for the screen: a title, the error's own sentence, and nothing technical."""

from dataclasses import dataclass

from shared.errors import (
    BadDocument,
    BadGlb,
    BadProject,
    BadRequest,
    Conflict,
    ModelFailed,
    NotFound,
    NotReady,
    QuotaSpent,
    Refused,
    RevisionConflict,
    SignInFailed,
    SignInRequired,
    TooFast,
    TroupeError,
    Unavailable,
)

_TITLES: tuple[tuple[type[TroupeError], str], ...] = (
    (BadGlb, "This avatar cannot be read"),
    (BadDocument, "This document cannot be read"),
    (BadProject, "There is something wrong with the project"),
    (BadRequest, "That does not fit"),
    (NotFound, "It is not there"),
    (SignInRequired, "Please sign in"),
    (SignInFailed, "Signing in failed"),
    (QuotaSpent, "The plan's limit is reached"),
    (TooFast, "Too fast"),
    (Refused, "The server refused"),
    (RevisionConflict, "Somebody published before you"),
    (NotReady, "Not ready yet"),
    (Conflict, "That is not possible now"),
    (ModelFailed, "The model did not answer"),
    (Unavailable, "Not reachable"),
)
"""The first class that fits gives the title."""


@dataclass(frozen=True)
class ProblemText:
    """A problem as people read it. `code` tells problems apart in the program."""

    title: str
    sentence: str
    code: str = "error"


def problem_of(error: BaseException) -> ProblemText:
    """The words for `error`; a fault of ours is admitted as one."""
    if isinstance(error, TroupeError):
        title = next((title for kind, title in _TITLES if isinstance(error, kind)), "That did not work")
        return ProblemText(title, error.sentence, error.code)
    if isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        return ProblemText("The disk refused", f"{error.filename or 'A file'}: {reason}.", "disk")
    return ProblemText("The studio made a mistake", f"{type(error).__name__}: {error}. Your work is kept.", "fault")
