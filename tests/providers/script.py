"""What a loopback provider shall do with the next requests, whatever wire it speaks."""

from dataclasses import dataclass, field
from typing import Any, Literal

Fault = Literal[
    "none", "unauthorised", "forbidden", "bad_request", "busy", "down", "silent", "malformed", "stall", "cut",
    "cut_quietly", "error_event", "empty", "refused", "length", "untempered",
]  # fmt: skip


@dataclass(slots=True)
class Script:
    """The next answers: `tokens`, or a fault after `fault_after` of them.

    `silent` accepts the request and never says a word; `stall` falls silent in mid-answer; `cut` closes the connection
    there, `cut_quietly` ends the stream as if it were whole; `malformed` sends what is no JSON; `error_event` reports
    an error within the stream; `untempered` refuses any request that names a temperature.
    """

    tokens: tuple[str, ...] = ("Hello", " there", ".")
    fault: Fault = "none"
    fault_after: int = 0
    retry_after: str | None = None
    key: str = "test-key"
    input_tokens: int = 120
    cached_tokens: int = 20
    pause_after: int | None = None
    """After this many tokens the server waits until `Loopback.proceed` is set."""
    seconds_to_first_token: float = 0.0
    seconds_between: float = 0.0


@dataclass(slots=True)
class Request:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)
