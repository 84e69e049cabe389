"""Commands that publish: check, publish, releases, rollback, pull."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from shared.errors import BadRequest, RevisionConflict
from studio.cli.avatars import AsJson
from studio.cli.projects import Folder
from studio.cli.servers import Server, account_at

if TYPE_CHECKING:
    from uuid import UUID

    from shared.contract.chatbot import ChatbotDraft
    from shared.contract.sync import Channel, ReleaseView
    from studio.files.project import Project
    from studio.model.readiness import Item
    from studio.rehearsal.preparing import Drawn, Lightness, Prepared
    from studio.remote.account import Account
    from studio.remote.publishing import Progress, Published

Where = Annotated[str, typer.Argument(metavar="CHATBOT", help="A project's folder, or a chatbot's id or name.")]
OnChannel = Annotated[str, typer.Option("--channel", help="live, which visitors see, or staging.")]
_CHANNELS = ("live", "staging")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("check")(check)
    app.command("publish")(publish)
    app.command("releases")(releases)
    app.command("rollback")(rollback)
    app.command("pull")(pull)


def check(folder: Folder, as_json: AsJson = False) -> None:
    """Go through the checklist before publishing; exits with 1 when something must be mended first."""
    items = _checked(folder)
    ready = not any(item.blocks for item in items)
    if as_json:
        told = [{name: getattr(item, name) for name in ("key", "state", "title", "sentence", "section")}
                for item in items]  # fmt: skip
        typer.echo(json.dumps({"ready": ready, "items": told}, ensure_ascii=False))
    else:
        for item in items:
            typer.echo(f"{item.state:<9} {item.title}: {item.sentence}")
        typer.echo("Ready to publish." if ready else "Not ready: mend what is blocking first.")
    raise typer.Exit(0 if ready else 1)


def _checked(folder: Path) -> "tuple[Item, ...]":
    from shared.contract.avatar import AvatarFacts
    from shared.errors import BadProject
    from studio.files.creation import measure_avatar, stored_avatar
    from studio.files.evidence import gather
    from studio.files.project import Project, load_draft
    from studio.model.readiness import checklist

    project = Project(folder)
    draft = load_draft(project)
    try:
        content = stored_avatar(project, draft)
    except BadProject:
        # Told as an item of the list.
        content = None
    measured = measure_avatar(content) if content is not None else None
    facts = measured.facts if measured else AvatarFacts()
    return checklist(draft, gather(project, draft, facts, measured.proposals if measured else ()))


def publish(
    folder: Folder,
    server: Server,
    site: Annotated[list[str] | None, typer.Option(help="A site that may show it; repeat for more.")] = None,
    channel: OnChannel = "live",
    note: Annotated[str, typer.Option(help="What is new, for whoever looks at the releases.")] = "",
    licence: Annotated[str, typer.Option(help="By which licence the avatar may be published; kept.")] = "",
    lighter: Annotated[str, typer.Option(help="Make the avatar lighter for: desktop, phone, or off.")] = "desktop",
    pictures: Annotated[str, typer.Option(help="Draw of the avatar: all, poster, or none.")] = "all",
    replace: Annotated[bool, typer.Option(help="Save over a draft that somebody else saved since.")] = False,
    as_json: AsJson = False,
) -> None:
    """Publish the project to a server, and print the snippet to paste into a page."""
    chosen = (site or [], channel, note)
    made = asyncio.run(_publish(folder, server, _asked(chosen, licence, lighter, pictures, replace=replace)))
    if not made.fresh:
        typer.echo(f"Nothing differs from release {made.release.number}, which is shown already.", err=True)
    for finding in made.release.findings:
        typer.echo(f"{finding.severity}: {finding.sentence}", err=True)
    if not made.embed.sites:
        typer.echo("No site may show it yet: publish again with --site https://www.example.com", err=True)
    if as_json:
        said = {"release": made.release.number, "chatbot_id": str(made.release.chatbot_id), "embed_id": made.embed.id}
        more = {"channel": made.embed.channel, "fresh": made.fresh}
        typer.echo(json.dumps({**said, **more, "sites": list(made.embed.sites), "snippet": made.embed.snippet}))
    else:
        typer.echo(made.embed.snippet)


@dataclass(frozen=True)
class _Asked:
    sites: str
    channel: "Channel"
    note: str
    licence: str
    lighter: "Lightness"
    pictures: "Drawn"
    replace: bool


def _asked(
    chosen: tuple[Sequence[str], str, str], licence: str, lighter: str, pictures: str, *, replace: bool
) -> _Asked:
    from typing import get_args

    from studio.rehearsal.preparing import Drawn, Lightness

    for option, given, known in (("--lighter", lighter, Lightness), ("--pictures", pictures, Drawn)):
        if given not in get_args(known):
            raise BadRequest(f"{option} takes {', '.join(get_args(known))}, not {given}.")
    sites, channel, note = "\n".join(chosen[0]), _channel(chosen[1]), chosen[2][:200]
    made = cast("Lightness", lighter), cast("Drawn", pictures)
    return _Asked(sites, channel, note, licence, *made, replace)


async def _publish(folder: Path, server: str, asked: _Asked) -> "Published":
    from studio.files.binding import load_binding
    from studio.files.project import Project
    from studio.rehearsal.preparing import would_differ
    from studio.remote.publishing import PublishWish, clean_sites, publish, published_already
    from studio.remote.wire import clean_address

    # Before the avatar is made lighter, which takes a while.
    clean_address(server)
    sites, project, tell = clean_sites(asked.sites), Project(folder), _Teller()
    async with account_at(server) as account:
        draft = _licensed(project, asked.licence)
        bound = load_binding(project, account.server)
        wish = PublishWish(sites or (bound.sites if bound else ()), asked.channel, asked.note, asked.replace)
        if bound is not None:
            differs = partial(would_differ, project, draft=draft, lightness=asked.lighter)
            done = await published_already(account, project, draft, wish, differs)
            if done is not None:
                return done
        prepared = await asyncio.to_thread(_prepared, project, draft, asked, tell)
        try:
            return await publish(account, project, prepared.draft, wish, tell)
        except RevisionConflict as error:
            raise BadRequest(
                f"{error.sentence} Open the project in the studio to merge, or add --replace to put yours in its place."
            ) from error


def _channel(text: str) -> "Channel":
    if text == "live":
        return "live"
    if text == "staging":
        return "staging"
    raise BadRequest(f"There is no channel {text}. Give one of: {', '.join(_CHANNELS)}.")


def _licensed(project: "Project", licence: str) -> "ChatbotDraft":
    """The draft as its files lie on disk, with the licence that was given."""
    from studio.files.creation import refreshed
    from studio.files.project import load_draft, save_draft
    from studio.model.edits import with_licence

    saved = load_draft(project)
    draft = refreshed(project, saved)
    if draft.avatar is None:
        raise BadRequest("The project has no avatar yet. Make a new one with troupe new DIR --avatar FILE.glb.")
    if licence:
        draft = with_licence(draft, licence)
    if draft.avatar is not None and not draft.avatar.licence:
        typer.echo("warning: the avatar has no licence, and visitors can download it: add --licence", err=True)
    if draft != saved:
        save_draft(project, draft)
    return draft


def _prepared(project: "Project", draft: "ChatbotDraft", asked: _Asked, tell: "_Teller") -> "Prepared":
    from studio.config import choose_opengl_platform
    from studio.files.project import save_draft
    from studio.rehearsal.preparing import prepare
    from studio.remote.publishing import Progress

    def report(sentence: str, fraction: float) -> None:
        tell(Progress("prepare", fraction, sentence))

    choose_opengl_platform("surfaceless")
    prepared = prepare(project, draft, asked.lighter, report, asked.pictures)
    for remark in prepared.remarks:
        typer.echo(f"troupe: {remark}", err=True)
    if prepared.draft != draft:
        save_draft(project, prepared.draft)
    return prepared


class _Teller:
    """Tells progress on the error stream, each line once."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, progress: "Progress") -> None:
        line = f"{progress.stage:<8} {progress.fraction:4.0%}  {progress.sentence}"
        if line != self._last:
            typer.echo(line, err=True)
        self._last = line


def releases(chatbot: Where, server: Server = "", as_json: AsJson = False) -> None:
    """List a chatbot's releases, newest first, and what each channel shows."""
    found = asyncio.run(_releases(chatbot, server))
    if as_json:
        typer.echo(json.dumps([one.model_dump(mode="json", exclude={"findings"}) for one in found]))
        return
    for one in found:
        shown = f"  [{', '.join(one.channels)}]" if one.channels else ""
        when = one.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        typer.echo(f"{one.number:>4}  {when}  {one.author or '-':<20} {one.note}{shown}")


async def _releases(chatbot: str, server: str) -> "tuple[ReleaseView, ...]":
    from studio.remote.releases import releases_of

    address = _server_of(chatbot, server)
    async with account_at(address) as account:
        return await releases_of(account, await _chatbot_id(account, chatbot))


def rollback(
    chatbot: Where,
    release: Annotated[int | None, typer.Argument(help="Its number; none: the one before what is shown.")] = None,
    server: Server = "",
    channel: OnChannel = "live",
    as_json: AsJson = False,
) -> None:
    """Let a channel show an older release again."""
    moved = asyncio.run(_rollback(chatbot, server, release, _channel(channel)))
    if as_json:
        typer.echo(json.dumps(moved.model_dump(mode="json", exclude={"findings"})))
    else:
        typer.echo(f"{channel} shows release {moved.number} now")


async def _rollback(chatbot: str, server: str, number: int | None, channel: "Channel") -> "ReleaseView":
    from studio.remote.releases import numbered, releases_of, show_release

    async with account_at(_server_of(chatbot, server)) as account:
        found = await releases_of(account, await _chatbot_id(account, chatbot))
        wanted = numbered(found, number) if number is not None else _before(found, channel)
        return await show_release(account, wanted, channel)


def _before(found: "Sequence[ReleaseView]", channel: "Channel") -> "ReleaseView":
    shown = next((one for one in found if channel in one.channels), None)
    older = [one for one in found if shown is not None and one.number < shown.number]
    if not older:
        raise BadRequest(f"There is no release before what {channel} shows. Name one: troupe rollback CHATBOT 3.")
    return older[0]


def pull(
    chatbot: Annotated[str, typer.Argument(metavar="CHATBOT", help="Its id or its name.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An empty folder, or one that will be made.")],
    server: Server,
    release: Annotated[int | None, typer.Option(help="Its number; without it what is live.")] = None,
    as_json: AsJson = False,
) -> None:
    """Bring a published chatbot onto this desk as a project; one that was cut goes on where it was."""
    number, name = asyncio.run(_pull(chatbot, folder, server, release))
    if as_json:
        typer.echo(json.dumps({"folder": str(folder), "name": name, "release": number}))
    else:
        typer.echo(f"{folder}: {name}, release {number}")


async def _pull(chatbot: str, folder: Path, server: str, number: int | None) -> tuple[int, str]:
    from studio.remote.pulling import chosen_release, pull
    from studio.remote.releases import find_chatbot

    async with account_at(server) as account:
        release = await chosen_release(account, await find_chatbot(account, chatbot), number)
        await pull(account, release, folder, _Teller())
        return release.number, release.draft.name


def _server_of(chatbot: str, server: str) -> str:
    """The server that was named, else the one that the folder was published to."""
    if server:
        return server
    from studio.files.binding import last_binding
    from studio.files.project import Project

    bound = last_binding(Project(Path(chatbot)))
    if bound is None:
        raise BadRequest(f"{chatbot} was not published from this desk: add --server URL.")
    return bound.server


async def _chatbot_id(account: "Account", chatbot: str) -> "UUID":
    from studio.files.binding import load_binding
    from studio.files.project import Project
    from studio.remote.releases import find_chatbot

    bound = load_binding(Project(Path(chatbot)), account.server)
    return bound.chatbot_id if bound else (await find_chatbot(account, chatbot)).id
