"""Two desks and one server: what was saved there meanwhile, and taking it in without losing anything here."""

from dataclasses import dataclass
from functools import partial

from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import DraftView
from shared.errors import NotFound
from studio.files.binding import bind, last_synced, load_binding
from studio.files.documents import write_over
from studio.files.project import Project
from studio.remote.account import Account
from studio.remote.publishing import Tell
from studio.remote.pulling import fetch_files
from studio.remote.wire import answer_of


@dataclass(frozen=True)
class Meeting:
    """Two drafts that were made from one."""

    base: ChatbotDraft
    mine: ChatbotDraft
    theirs: DraftView


async def meet(account: Account, project: Project, mine: ChatbotDraft) -> Meeting | None:
    """What the server has that this desk does not know yet; None when it has nothing new.

    Raises: NotFound: the project was never saved to this server, or its chatbot is gone from there.
    """
    binding = load_binding(project, account.server)
    if binding is None:
        raise NotFound("draft on this server yet: save yours first")
    theirs = answer_of(await account.send("GET", f"/api/chatbots/{binding.chatbot_id}/draft"), DraftView)
    base = last_synced(project, binding)
    if theirs.revision == binding.revision and base is not None:
        return None
    # Without a common draft every field that differs is asked about, and nothing is taken silently.
    return Meeting(base or ChatbotDraft(), mine, theirs)


async def take(account: Account, project: Project, meeting: Meeting, merged: ChatbotDraft, tell: Tell) -> None:
    """Bring the files that a merged draft names, and remember that this desk knows theirs now.

    What a file held before it is written over is kept, for undo to bring back.
    """
    await fetch_files(account, project, merged, tell, partial(write_over, project))
    bind(project, account.server, meeting.theirs)
