"""The command tree, and what becomes of errors: one line, an exit code, never a traceback.

Commands import what they need when they run: `troupe inspect` loads no model, no provider and no window.
"""

import sys
from importlib.metadata import version
from types import TracebackType
from typing import Annotated

import typer
from typer.exceptions import TyperException

from shared.errors import BadInput, TroupeError
from studio.cli import avatars, baking, optimising, projects, publishing, rehearsals, scores, servers

BAD_INPUT, NOT_NOW, FAULT, INTERRUPTED = 2, 1, 70, 130

app = typer.Typer(
    name="troupe",
    help="Turn a GLB into a character that talks on a website.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for part in (avatars, baking, optimising, projects, rehearsals, servers, publishing, scores):
    part.register(app)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"troupe {version('troupe')}")
        raise typer.Exit


@app.callback()
def begin(
    show_version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    """Turn a GLB into a character that talks on a website."""


def run(arguments: list[str]) -> int:
    """Run one command. Returns: its exit code."""
    sys.excepthook = _admit_fault
    try:
        result = typer.main.get_command(app).main(arguments or ["--help"], prog_name="troupe", standalone_mode=False)
    except TyperException as error:
        return _complain(error.format_message(), BAD_INPUT)
    except (typer.Abort, KeyboardInterrupt):
        return _complain("stopped", INTERRUPTED)
    except BadInput as error:
        return _complain(error.sentence, BAD_INPUT)
    except TroupeError as error:
        return _complain(error.sentence, NOT_NOW)
    except BrokenPipeError:
        # Whoever read our output has enough: `troupe search ... | head`.
        sys.stderr.close()
        return 0
    except OSError as error:
        return _complain(f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}", BAD_INPUT)
    # The command line's library turns an interruption into its code and says nothing.
    if result == INTERRUPTED:
        return _complain("stopped", INTERRUPTED)
    return result if isinstance(result, int) else 0


def _complain(sentence: str, code: int) -> int:
    typer.echo(f"troupe: {' '.join(sentence.split())}", err=True)
    return code


def _admit_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    typer.echo(f"troupe: this is a fault of ours: {kind.__name__}: {' '.join(str(error).split())}", err=True)
