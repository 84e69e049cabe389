"""Two designers and one real server: saving, meeting, merging, publishing, rolling back, pulling."""

from functools import partial
from pathlib import Path

import pytest

from shared.contract.chatbot import ChatbotDraft
from shared.errors import BadProject, NotFound, RevisionConflict, Unavailable
from studio.files.binding import last_synced, load_binding
from studio.files.documents import bring_back
from studio.files.project import load_draft
from studio.model.edits import with_personality
from studio.model.merging import merge
from studio.remote.downloads import download
from studio.remote.publishing import PublishWish, publish, published_already, save_to_server
from studio.remote.pulling import chosen_release, pull
from studio.remote.releases import find_chatbot, numbered, show_release, standing_of
from studio.remote.syncing import meet, take
from tests.studio.remote.conftest import SITES, WISH, DeskOf, with_text


async def test_a_publish_says_what_it_did_and_the_next_one_has_nothing_to_do(ada: DeskOf, draft: ChatbotDraft) -> None:
    draft = with_text(ada, draft, "hours.txt", "The house opens at ten in the morning.")

    made = await publish(ada.account, ada.project, draft, PublishWish(SITES, note="First words"), ada.tell)

    again = await published_already(ada.account, ada.project, draft, WISH)
    changed = await published_already(ada.account, ada.project, with_personality(draft, greeting="Hi!"), WISH)
    stands = await standing_of(ada.account, ada.project)

    assert (made.fresh, made.release.note, made.release.author) == (True, "First words", "Ada")
    assert again is not None
    assert (again.fresh, again.release.id) == (False, made.release.id)
    assert changed is None
    assert stands is not None
    assert [release.number for release in stands.releases] == [1]
    sent = [progress for progress in ada.told if progress.stage == "upload" and progress.total]
    assert sent[-1].sent == sent[-1].total > 0


async def test_only_the_sites_changed_is_no_new_release(ada: DeskOf, draft: ChatbotDraft) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)

    again = await published_already(ada.account, ada.project, draft, PublishWish(("https://other.example",)))

    assert again is not None
    assert again.embed.sites == ("https://other.example",)


async def test_staging_has_an_embed_of_its_own(ada: DeskOf, draft: ChatbotDraft) -> None:
    live = await publish(ada.account, ada.project, draft, WISH, ada.tell)
    bolder = with_personality(draft, greeting="Hey!")

    staged = await publish(ada.account, ada.project, bolder, PublishWish(SITES, "staging"), ada.tell)
    stands = await standing_of(ada.account, ada.project)

    assert stands is not None
    shown, staging = stands.on("live"), stands.on("staging")
    assert shown is not None
    assert staging is not None
    assert (shown.number, staging.number, staging.draft.personality.greeting) == (1, 2, "Hey!")
    assert staged.embed.id != live.embed.id
    binding = load_binding(ada.project, ada.account.server)
    assert binding is not None
    assert binding.embed_id == live.embed.id


async def test_rolling_back_shows_the_older_release_again(ada: DeskOf, draft: ChatbotDraft) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)
    await publish(ada.account, ada.project, with_personality(draft, greeting="Hi!"), WISH, ada.tell)
    stands = await standing_of(ada.account, ada.project)
    assert stands is not None

    await show_release(ada.account, numbered(stands.releases, 1), "live")
    after = await standing_of(ada.account, ada.project)

    assert after is not None
    shown = after.on("live")
    assert shown is not None
    assert (shown.number, shown.draft.personality.greeting) == (1, "Hello!")
    with pytest.raises(NotFound):
        numbered(stands.releases, 7)


async def pulled(ada: DeskOf, grace: DeskOf) -> ChatbotDraft:
    """Grace takes what Ada published onto her desk."""
    chatbot = await find_chatbot(grace.account, "pip")
    release = await chosen_release(grace.account, chatbot)
    await pull(grace.account, release, grace.project.folder, grace.tell)
    return load_draft(grace.project)


async def test_what_was_published_comes_onto_another_desk(ada: DeskOf, grace: DeskOf, draft: ChatbotDraft) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)

    got = await pulled(ada, grace)

    assert got == draft
    assert draft.avatar is not None
    for place in (ada.project, grace.project):
        assert (
            place.avatar_path(draft.avatar.glb).read_bytes() == ada.project.avatar_path(draft.avatar.glb).read_bytes()
        )
    binding = load_binding(grace.project, grace.account.server)
    assert binding is not None
    assert (binding.sites, last_synced(grace.project, binding)) == (SITES, draft)


async def test_a_pull_goes_on_where_it_was_cut_and_believes_only_digests(
    ada: DeskOf, grace: DeskOf, draft: ChatbotDraft
) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)
    release = await chosen_release(grace.account, await find_chatbot(grace.account, "Pip"))
    assert draft.avatar is not None
    glb = draft.avatar.glb
    content = ada.project.avatar_path(glb).read_bytes()

    class Cut(Exception):
        """The line broke."""

    def cut(progress: object) -> None:
        raise Cut

    with pytest.raises(Cut):
        await pull(grace.account, release, grace.project.folder, cut)
    kept = grace.project.cache / "parts" / glb.sha256
    kept.write_bytes(content[:300])
    await pull(grace.account, release, grace.project.folder, grace.tell)
    first = next(progress.sent for progress in grace.told if progress.total)

    assert grace.project.avatar_path(glb).read_bytes() == content
    assert first == 300


async def test_what_came_damaged_is_fetched_again(ada: DeskOf, grace: DeskOf, draft: ChatbotDraft) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)
    assert draft.avatar is not None
    blob = draft.avatar.glb
    kept = grace.project.cache / "parts" / blob.sha256
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"\0" * blob.bytes)

    with pytest.raises(Unavailable, match="is damaged"):
        await download(grace.account, grace.project, blob, lambda _count: None)
    fetched = await download(grace.account, grace.project, blob, lambda _count: None)

    assert fetched.read_bytes() == ada.project.avatar_path(blob).read_bytes()


async def test_a_folder_with_something_in_it_is_left_alone(
    ada: DeskOf, grace: DeskOf, draft: ChatbotDraft, tmp_path: Path
) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)
    release = await chosen_release(grace.account, await find_chatbot(grace.account, "Pip"), 1)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letters.txt").write_text("mine")

    with pytest.raises(BadProject, match="is not empty"):
        await pull(grace.account, release, tmp_path / "mine", grace.tell)
    with pytest.raises(BadProject, match="is a project already"):
        await pull(ada.account, release, ada.project.folder, ada.tell)
    with pytest.raises(NotFound):
        await find_chatbot(grace.account, "Nobody")


async def test_two_designers_lose_nothing(ada: DeskOf, grace: DeskOf, draft: ChatbotDraft) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)
    hers = await pulled(ada, grace)
    newer = with_text(ada, with_personality(draft, greeting="Good day."), "rooms.txt", "There are nine rooms.")
    await save_to_server(ada.account, ada.project, newer, ada.tell)
    mine = with_personality(hers, greeting="Hi!", about="A robot.")

    with pytest.raises(RevisionConflict):
        await save_to_server(grace.account, grace.project, mine, grace.tell)
    meeting = await meet(grace.account, grace.project, mine)
    assert meeting is not None
    asked = merge(meeting.base, meeting.mine, meeting.theirs.draft)
    chosen = merge(meeting.base, meeting.mine, meeting.theirs.draft, {("personality", "greeting"): "theirs"}).draft
    await take(grace.account, grace.project, meeting, chosen, grace.tell)
    saved = await save_to_server(grace.account, grace.project, chosen, grace.tell)

    assert [clash.title for clash in asked.clashes] == ["Greeting"]
    assert (chosen.personality.greeting, chosen.personality.about) == ("Good day.", "A robot.")
    assert grace.project.document_path(chosen.knowledge[0].blob).read_bytes() == b"There are nine rooms."
    assert saved.draft == chosen
    assert await meet(grace.account, grace.project, chosen) is None
    assert await meet(ada.account, ada.project, newer) is not None


async def test_a_document_that_was_written_over_can_come_back(ada: DeskOf, grace: DeskOf, draft: ChatbotDraft) -> None:
    await publish(ada.account, ada.project, draft, WISH, ada.tell)
    mine = with_text(grace, await pulled(ada, grace), "hours.txt", "We open at ten.")
    await save_to_server(
        ada.account, ada.project, with_text(ada, draft, "hours.txt", "We open at nine."), ada.tell
    )  # fmt: skip

    meeting = await meet(grace.account, grace.project, mine)
    assert meeting is not None
    merge_of = partial(merge, meeting.base, meeting.mine, meeting.theirs.draft)
    merged = merge_of({clash.path: "theirs" for clash in merge_of().clashes}).draft
    await take(grace.account, grace.project, meeting, merged, grace.tell)
    place = grace.project.document_path(merged.knowledge[0].blob)
    taken = place.read_bytes()
    bring_back(grace.project, merged, mine)

    assert taken == b"We open at nine."
    assert place.read_bytes() == b"We open at ten."


async def test_a_project_that_was_never_saved_there_has_nobody_to_meet(ada: DeskOf, draft: ChatbotDraft) -> None:
    with pytest.raises(NotFound, match="save yours first"):
        await meet(ada.account, ada.project, draft)
    assert await standing_of(ada.account, ada.project) is None
