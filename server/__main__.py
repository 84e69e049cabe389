"""`troupe-server`: reads the settings, starts PostgreSQL where none is given, and serves until asked to stop."""

import argparse
import errno
import json
import signal
import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any

from pydantic import ValidationError

from server.app import addresses_of, create_app
from server.config import Settings, kept_secret
from server.db.addresses import Addresses
from server.db.embedded import EmbeddedPostgres
from server.db.migrate import migrate
from server.db.roles import prepare_database
from server.db.watch import watching
from server.web.logs import set_up_logs
from server.web.parts import open_parts
from server.web.serving import serve
from shared.errors import TroupeError, Unavailable


def main() -> None:
    """The command line. Exit 2: settings or options do not fit. Exit 1: something that is needed is away."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    options = _options()
    try:
        settings = _settings(options)
        set_up_logs(settings)
        with ExitStack() as stack:
            _run(settings, options, stack)
    except ValidationError as error:
        _end(2, " ".join(_fault(fault) for fault in error.errors(include_url=False)))
    except TroupeError as error:
        _end(1, error.sentence)
    except KeyboardInterrupt:
        return


def _run(settings: Settings, options: argparse.Namespace, stack: ExitStack) -> None:
    """Starts one thing after the other; `stack` stops them the other way round, PostgreSQL last."""
    listener = stack.enter_context(_listen(settings))
    settings = settings.model_copy(update={"port": listener.getsockname()[1]})
    addresses = _addresses(settings, stack)
    prepare_database(addresses)
    migrate(addresses)
    app = create_app(open_parts(settings, addresses))

    async def announce() -> None:
        found = await addresses_of(app, demo=options.demo)
        if options.announce:
            sys.stdout.write(json.dumps({"addresses": found}) + "\n")
            sys.stdout.flush()

    serve(app, listener, announce)


def _addresses(settings: Settings, stack: ExitStack) -> Addresses:
    if settings.database_url:
        return Addresses.of(settings.database_url.get_secret_value(), settings.signing_secret)
    postgres = stack.enter_context(EmbeddedPostgres(settings.data_folder / "postgres"))
    stack.enter_context(watching(postgres))
    return Addresses(postgres.url, settings.signing_secret)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="troupe-server", description="Performs published characters for visitors.")
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on; 0 takes a free one (default 8460)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where everything is kept (default .troupe)")
    parser.add_argument(
        "--embedded", action="store_true", help="run an own PostgreSQL, whatever TROUPE_DATABASE_URL says"
    )
    parser.add_argument("--demo", action="store_true", help="make the demo tenant with its published chatbots")
    parser.add_argument("--announce", action="store_true", help="print the addresses as one line of JSON when ready")
    return parser.parse_args()


def _settings(options: argparse.Namespace) -> Settings:
    """What the environment says, and over it what the command line says."""
    given = {"host": options.host, "port": options.port, "data_folder": options.data}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if options.embedded:
        changes["database_url"] = None
    settings = Settings(**changes)
    return settings.model_copy(
        update={"data_folder": settings.data_folder.absolute(), "secret": settings.secret or kept_secret(settings)}
    )


def _listen(settings: Settings) -> socket.socket:
    """The port, taken before anything slow is started.

    Raises: Unavailable: another program has it, or it is not ours to take.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2_048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            cure = f"Stop it, or choose another port, such as --port {settings.port + 1}."
            raise Unavailable(f"Port {settings.port} is taken by another program. {cure}") from error
        reason = (error.strerror or "unknown reason").lower()
        raise Unavailable(f"Cannot listen on {settings.host}, port {settings.port}: {reason}.") from error


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Until uvicorn listens to signals they end us through every `finally`; a shell may have had SIGINT ignored."""
    raise KeyboardInterrupt


def _fault(fault: Any) -> str:
    """One fault of the settings, without pydantic's own words around it."""
    message = str(fault["msg"]).removeprefix("Value error, ")
    name = "_".join(str(part) for part in fault["loc"]).upper()
    return f"TROUPE_{name}: {message}." if name else message


def _end(code: int, sentence: str) -> None:
    sys.stderr.write(f"troupe-server: {sentence}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
