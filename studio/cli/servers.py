"""Commands that talk to a server: sign-up, sign-in, sign-out, publish."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.errors import BadRequest, Refused, RevisionConflict, SignInRequired, Unavailable
from studio.cli.avatars import AsJson
from studio.cli.projects import Folder

if TYPE_CHECKING:
    from shared.contract.chatbot import ChatbotDraft
    from studio.files.project import Project
    from studio.remote.account import Account
    from studio.remote.publishing import Progress, Published

Server = Annotated[str, typer.Option(metavar="URL", help="The server, such as https://troupe.example.com.")]
Email = Annotated[str, typer.Option(help="Your e-mail address.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("publish")(publish)
    app.command("sign-in")(sign_in)
    app.command("sign-up")(sign_up)
    app.command("sign-out")(sign_out)


@asynccontextmanager
async def _account(server: str) -> "AsyncIterator[Account]":
    from studio.config import Settings
    from studio.remote.account import Account
    from studio.remote.vault import open_vault
    from studio.remote.wire import Wire

    settings = Settings()
    wire = Wire(server, settings.server_timeout)
    try:
        yield Account(wire, open_vault(settings.config_folder, use_keyring=settings.keyring))
    finally:
        await wire.close()


def _password() -> str:
    from studio.config import Settings

    kept = Settings().password
    return kept.get_secret_value() if kept else str(typer.prompt("Password", hide_input=True, err=True))


def sign_in(server: Server, email: Email) -> None:
    """Sign in to a server. The password is asked for, or taken from TROUPE_PASSWORD."""
    from shared.contract.sync import SignIn
    from studio.remote.account import checked_credentials

    credentials = checked_credentials(SignIn, email=email, password=_password())

    async def work() -> None:
        async with _account(server) as account:
            await account.sign_in(credentials)
            typer.echo(f"signed in to {account.server} as {account.email}")

    asyncio.run(work())


def sign_up(
    server: Server, email: Email, tenant: Annotated[str, typer.Option(help="Your company or team.")] = "My team"
) -> None:
    """Make an account with a tenant of its own, and sign in. The password as with sign-in."""
    from shared.contract.sync import SignUp
    from studio.remote.account import checked_credentials

    asked = checked_credentials(SignUp, email=email, password=_password(), tenant_name=tenant)

    async def work() -> None:
        async with _account(server) as account:
            await account.sign_up(asked)
            typer.echo(f"signed up at {account.server} as {account.email}")

    asyncio.run(work())


def sign_out(server: Server) -> None:
    """End the sign-in to a server on this desk."""

    async def work() -> None:
        async with _account(server) as account:
            await account.sign_out()
            typer.echo(f"signed out of {account.server}")

    asyncio.run(work())


def publish(
    folder: Folder,
    server: Server,
    site: Annotated[list[str] | None, typer.Option(help="A site that may show it; repeat for more.")] = None,
    replace: Annotated[bool, typer.Option(help="Save over a draft that somebody else saved since.")] = False,
    as_json: AsJson = False,
) -> None:
    """Publish the project to a server, and print the snippet to paste into a page."""
    made = asyncio.run(_publish(folder, server, "\n".join(site or ()), replace=replace))
    for finding in made.release.findings:
        typer.echo(f"{finding.severity}: {finding.sentence}", err=True)
    if not made.embed.sites:
        typer.echo("No site may show it yet: publish again with --site https://www.example.com", err=True)
    if as_json:
        said = {"release": made.release.number, "chatbot_id": str(made.release.chatbot_id), "embed_id": made.embed.id}
        typer.echo(json.dumps({**said, "sites": list(made.embed.sites), "snippet": made.embed.snippet}))
    else:
        typer.echo(made.embed.snippet)


async def _publish(folder: Path, server: str, sites_text: str, *, replace: bool) -> "Published":
    from studio.files.binding import load_binding
    from studio.files.creation import refreshed
    from studio.files.project import Project, load_draft, save_draft
    from studio.remote.publishing import clean_sites
    from studio.remote.publishing import publish as publish_project
    from studio.remote.wire import clean_address

    # Before the poster is made, which takes a while.
    clean_address(server)
    project = Project(folder)
    saved = load_draft(project)
    draft = _with_poster(project, refreshed(project, saved))
    if draft != saved:
        save_draft(project, draft)
    tell = _Teller()
    async with _account(server) as account:
        bound = load_binding(project, account.server)
        sites = clean_sites(sites_text) or (bound.sites if bound else ())
        try:
            return await publish_project(account, project, draft, sites, tell, replace=replace)
        except SignInRequired as error:
            hint = f"Sign in first: troupe sign-in --server {account.server} --email YOU"
            raise Refused(hint) from error
        except RevisionConflict as error:
            raise BadRequest(f"{error.sentence} Add --replace to put yours in its place.") from error


def _with_poster(project: "Project", draft: "ChatbotDraft") -> "ChatbotDraft":
    from studio.config import choose_opengl_platform
    from studio.files.creation import stored_avatar
    from studio.rehearsal.poster import POSTER_SIZE, standing_clip, with_poster

    content = stored_avatar(project, draft)
    if content is None:
        raise BadRequest("The project has no avatar yet. Make a new one with troupe new DIR --avatar FILE.glb.")
    choose_opengl_platform("surfaceless")
    from studio.render.posters import render_poster

    try:
        picture = render_poster(content, standing_clip(draft), 0.0, POSTER_SIZE, draft.look.framing, draft.acting)
    except Unavailable as error:
        # A machine that cannot draw may publish all the same: visitors wait for the avatar without a picture.
        typer.echo(f"troupe: no poster is made: {error.sentence}", err=True)
        return draft
    return with_poster(project, draft, picture)


class _Teller:
    """Tells progress on the error stream, each line once."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, progress: "Progress") -> None:
        line = f"{progress.stage:<8} {progress.fraction:4.0%}  {progress.sentence}"
        if line != self._last:
            typer.echo(line, err=True)
        self._last = line
