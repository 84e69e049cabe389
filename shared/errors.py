"""The error tree. Fields in, sentence inside, stable code on the wire.

TroupeError
├── BadInput                    what somebody gave us cannot be used
│   ├── BadGlb                  the file is not a GLB we can read
│   ├── BadDocument             a document cannot be read, or holds nothing
│   ├── BadProject              a project folder is damaged or not a project
│   ├── BadRequest              a request's fields do not fit
│   ├── TooLarge                more bytes than are taken
│   └── RevisionRequired        saving a draft without saying which revision it was made from
├── NotFound                    there is no such thing, or not for you
├── Refused                     not allowed
│   ├── SignInRequired          no valid token
│   ├── SignInFailed            e-mail and password do not fit
│   ├── RefreshReused           a refresh token came twice: its family is revoked
│   ├── SiteRefused             this site may not show this embed
│   ├── QuotaSpent              the plan's limit is reached
│   └── TooFast                 the rate limit is reached
├── Conflict                    the state of things forbids it
│   ├── RevisionConflict        the draft was saved by somebody else since
│   ├── AlreadyThere            such a thing exists already
│   └── NotReady                something must finish first
├── ModelFailed                 a provider did not answer as it should
│   ├── ModelRefusedKey         401, 403: the key is wrong, or not for this model
│   ├── ModelRefusedPrompt      400, 404, 413: the provider will not take this request
│   ├── ModelBusy               429: too many requests, or no credit left
│   ├── ModelDown               5xx, or nothing listens there
│   ├── ModelSilent             no token came in time, or none after the last one
│   ├── ModelGarbled            the answer breaks the provider's own protocol, or is empty
│   ├── ModelCut                the answer ended before its end
│   ├── ModelResting            it failed too often just now and is left alone for a while
│   └── ModelSpent              the chatbot's budget for this month is spent
└── Unavailable                 a part of the service is away: database, object store, server
"""

from typing import ClassVar


class TroupeError(Exception):
    """Base of everything we raise on purpose. `str(error)` is one sentence for people."""

    code: ClassVar[str] = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(TroupeError):
    """What somebody gave us cannot be used."""

    code = "bad_input"


class BadGlb(BadInput):
    """The file is not a GLB that we can read."""

    code = "bad_glb"


class BadDocument(BadInput):
    """A document cannot be read, or holds no text."""

    code = "bad_document"


class BadProject(BadInput):
    """A project folder is damaged, or is not a project."""

    code = "bad_project"


class BadRequest(BadInput):
    """A request's fields do not fit."""

    code = "bad_request"


class TooLarge(BadInput):
    """More bytes than are taken."""

    code = "too_large"

    def __init__(self, what: str, limit_bytes: int) -> None:
        super().__init__(f"{what} is too large: {limit_bytes / 1_048_576:.0f} MiB are the most.")
        self.limit_bytes = limit_bytes


class RevisionRequired(BadInput):
    """A draft is saved without saying which revision it was made from."""

    code = "revision_required"

    def __init__(self) -> None:
        super().__init__("Say in If-Match which revision of the draft you changed.")


class NotFound(TroupeError):
    """There is no such thing, or it is not yours to see."""

    code = "not_found"

    def __init__(self, thing: str) -> None:
        super().__init__(f"There is no such {thing}.")
        self.thing = thing


class Refused(TroupeError):
    """Not allowed."""

    code = "refused"


class SignInRequired(Refused):
    """No valid token came with the request."""

    code = "sign_in_required"

    def __init__(self) -> None:
        super().__init__("Sign in first: the request carried no valid token.")


class SignInFailed(Refused):
    """E-mail and password do not belong together; which of them is wrong is not said."""

    code = "sign_in_failed"

    def __init__(self) -> None:
        super().__init__("This e-mail and password do not belong together.")


class RefreshReused(Refused):
    """A refresh token came a second time: somebody may have copied it."""

    code = "refresh_reused"

    def __init__(self) -> None:
        super().__init__("This session was used from two places and has been ended. Sign in again.")


class SiteRefused(Refused):
    """This site may not show this embed."""

    code = "site_refused"

    def __init__(self, site: str) -> None:
        super().__init__(f"{site or 'A page without an origin'} is not among the sites that may show this character.")
        self.site = site


class QuotaSpent(Refused):
    """The plan's limit is reached."""

    code = "quota_spent"

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"The plan's limit of {limit} {what} is reached.")
        self.what = what
        self.limit = limit


class TooFast(Refused):
    """The rate limit is reached."""

    code = "too_fast"

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__(f"Too many requests: try again in {retry_after_seconds:.0f} seconds.")
        self.retry_after_seconds = retry_after_seconds


class Conflict(TroupeError):
    """The state of things forbids it."""

    code = "conflict"


class RevisionConflict(Conflict):
    """The draft was saved by somebody else since it was read."""

    code = "revision_conflict"

    def __init__(self, yours: int, current: int) -> None:
        super().__init__(f"The draft has moved on to revision {current}; yours was made from revision {yours}.")
        self.yours = yours
        self.current = current


class AlreadyThere(Conflict):
    """Such a thing exists already."""

    code = "already_there"


class NotReady(Conflict):
    """Something must finish first."""

    code = "not_ready"


class ModelFailed(TroupeError):
    """A provider did not answer as it should."""

    code = "model_failed"


class _OfModel(ModelFailed):
    """What every failure of one model says: `model` is `provider/model`."""

    why: ClassVar[str] = "did not answer as it should"

    def __init__(self, model: str) -> None:
        super().__init__(f"The model {model} {self.why}.")
        self.model = model


class ModelRefusedKey(_OfModel):
    """401 or 403: the key is wrong, or not for this model."""

    code = "model_key_refused"
    why = "refused the key: check the provider's key in the settings"


class ModelRefusedPrompt(_OfModel):
    """400, 404, 413 and their like: the provider will not take this request."""

    code = "model_prompt_refused"
    why = "refused the request: check that the model's name exists and takes this much text"


class ModelBusy(_OfModel):
    """429: too many requests, or no credit left."""

    code = "model_busy"
    why = "has too much to do: try again a little later"

    def __init__(self, model: str, retry_after_seconds: float | None) -> None:
        super().__init__(model)
        self.retry_after_seconds = retry_after_seconds


class ModelDown(_OfModel):
    """5xx, or nothing listens at its address."""

    code = "model_down"
    why = "is not to be reached: try again a little later"


class ModelSilent(_OfModel):
    """No token came in time."""

    code = "model_silent"
    why = "went silent: try again"


class ModelGarbled(_OfModel):
    """The answer breaks the provider's own protocol, or is empty."""

    code = "model_garbled"
    why = "answered with something that cannot be read: try again"


class ModelCut(_OfModel):
    """The answer ended before its end."""

    code = "model_cut"
    why = "was cut off in mid-answer: try again"


class ModelResting(_OfModel):
    """It failed too often just now and is left alone for a while."""

    code = "model_resting"
    why = "failed several times just now and is left alone for a while"


class ModelSpent(_OfModel):
    """The chatbot's budget for this month is spent: the model is not asked."""

    code = "model_budget_spent"
    why = "is not asked: the budget for this month is spent"


class Unavailable(TroupeError):
    """A part of the service is away."""

    code = "unavailable"
