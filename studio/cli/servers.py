"""Commands that sign in to a server, and the way to it for those that need one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from shared.errors import BadRequest, Refused, SignInRequired

if TYPE_CHECKING:
    from studio.remote.account import Account

Server = Annotated[str, typer.Option(metavar="URL", help="The server, such as https://troupe.example.com.")]
Email = Annotated[str, typer.Option(help="Your e-mail address.")]
Browser = Annotated[bool, typer.Option("--browser", help="Sign in on the server's own page; no password here.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("sign-in")(sign_in)
    app.command("sign-up")(sign_up)
    app.command("sign-out")(sign_out)


@asynccontextmanager
async def account_at(server: str) -> "AsyncIterator[Account]":
    """The way to a server as whoever is signed in there.

    Raises: Refused: nobody is, and something asked for it; the sentence names the command.
    """
    from studio.config import Settings
    from studio.remote.account import Account
    from studio.remote.vault import open_vault
    from studio.remote.wire import Wire

    settings = Settings()
    wire = Wire(server, settings.server_timeout)
    try:
        yield Account(wire, open_vault(settings.config_folder, use_keyring=settings.keyring))
    except SignInRequired as error:
        raise Refused(f"Sign in first: troupe sign-in --server {wire.server} --email YOU") from error
    finally:
        await wire.close()


def _password() -> str:
    from studio.config import Settings

    kept = Settings().password
    return kept.get_secret_value() if kept else str(typer.prompt("Password", hide_input=True, err=True))


def sign_in(server: Server, email: Email = "", browser: Browser = False) -> None:
    """Sign in to a server: by --browser, or by --email with the password asked for or taken from TROUPE_PASSWORD."""
    from shared.contract.sync import SignIn
    from studio.remote.account import checked_credentials

    if not email and not browser:
        raise BadRequest("Give --email YOU, or sign in with --browser.")
    credentials = None if browser else checked_credentials(SignIn, email=email, password=_password())

    async def work() -> None:
        async with account_at(server) as account:
            if credentials is None:
                await _enter_by_browser(account, email)
            else:
                await account.sign_in(credentials)
            typer.echo(f"signed in to {account.server} as {account.email}")

    asyncio.run(work())


async def _enter_by_browser(account: "Account", email: str) -> None:
    import webbrowser

    from studio.remote.browser import sign_in_by_browser

    def show(address: str) -> None:
        typer.echo(f"Open this page to sign in, if it does not open by itself:\n{address}", err=True)
        webbrowser.open(address)

    await sign_in_by_browser(account, show, email)


def sign_up(
    server: Server, email: Email, tenant: Annotated[str, typer.Option(help="Your company or team.")] = "My team"
) -> None:
    """Make an account with a tenant of its own, and sign in. The password as with sign-in."""
    from shared.contract.sync import SignUp
    from studio.remote.account import checked_credentials

    asked = checked_credentials(SignUp, email=email, password=_password(), tenant_name=tenant)

    async def work() -> None:
        async with account_at(server) as account:
            await account.sign_up(asked)
            typer.echo(f"signed up at {account.server} as {account.email}")

    asyncio.run(work())


def sign_out(server: Server) -> None:
    """End the sign-in to a server on this desk."""

    async def work() -> None:
        async with account_at(server) as account:
            await account.sign_out()
            typer.echo(f"signed out of {account.server}")

    asyncio.run(work())
