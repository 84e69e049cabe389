"""Saved conversations in the window: saved, pinned, replayed, compared, taken back. And the keys of this desk."""

from pathlib import Path

from shared.contract.rehearsal import Expectations, Rehearsal
from studio.rehearsal.differences import side_by_side
from studio.ui.panels.desk_keys import DeskKeys
from studio.ui.panels.rehearsal import SAVED, RehearsalPanel
from tests.providers.loopback import Loopback
from tests.studio.ui.conftest import StudioUnderTest


def panel_of(studio: StudioUnderTest) -> RehearsalPanel:
    studio.window.workspace.show_section("rehearsal")
    panel = studio.window.workspace.panels["rehearsal"]
    assert isinstance(panel, RehearsalPanel)
    return panel


def ask(studio: StudioUnderTest, panel: RehearsalPanel, text: str) -> None:
    panel.talk.question.setPlainText(text)
    panel.talk.ask()
    studio.until(lambda: panel.talk.send.isVisible(), "the answer's end")


def test_a_conversation_is_saved_pinned_and_replayed(open_studio: StudioUnderTest, tmp_path: Path) -> None:
    panel = panel_of(open_studio)
    saved = panel.saved
    assert not saved.save.isEnabled()
    for text in ("Hello!", "Who was Caesar?"):
        ask(open_studio, panel, text)
    panel.tabs.setCurrentIndex(SAVED)

    saved.save.click()
    [rehearsal] = panel.bench.draft.rehearsals
    [card] = saved.cards
    pins = card.turns[0].pins
    pins.words.setText("Good bye")
    pins.add.click()
    saved.replay_all.click()
    open_studio.until(lambda: saved.stop.isHidden(), "the replay's end")

    assert (rehearsal.name, len(rehearsal.turns)) == ("Hello!", 2)
    assert rehearsal.turns[1].expect == Expectations(declines=True)
    result = saved.results["Hello!"]
    assert [turn.held for turn in result.turns] == [False, True]
    assert panel.tabs.mark(SAVED) == "1"
    content = saved.area.widget()
    assert content is not None
    assert content.width() <= saved.area.viewport().width()
    first = panel.bench.draft.rehearsals[0].turns[0]
    assert first.expect.says == ("Good bye",)
    saved.export_to(panel.bench.draft.rehearsals[0], tmp_path / "hello.json")
    assert Rehearsal.model_validate_json((tmp_path / "hello.json").read_bytes()) == panel.bench.draft.rehearsals[0]
    card.turns[0].pins.changed.emit(Expectations(says=("how can I help",)))
    # Held against other pins without asking again; the number is now that of all conversations.
    assert panel.tabs.mark(SAVED) == "1"
    assert card.outcome.isVisible()
    assert panel.bench.document.history.names == ("Save a conversation", *("Change a saved conversation",) * 2)
    open_studio.window.undo()
    open_studio.window.undo()
    open_studio.window.undo()
    assert saved.cards == []
    assert panel.bench.draft.rehearsals == ()


def test_a_replay_can_be_stopped(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio)
    ask(open_studio, panel, "Hello!")
    panel.saved.save.click()
    panel.tabs.setCurrentIndex(SAVED)

    panel.saved.replay_all.click()
    shown = panel.saved.stop.isVisible()
    panel.saved.stop.click()
    open_studio.until(lambda: panel.saved.stop.isHidden(), "the end")

    assert shown
    assert panel.saved.results == {}
    assert panel.saved.replay_all.isVisible()


def test_what_differs_is_told_word_by_word() -> None:
    before, after = side_by_side("A ticket costs 12 euros.", "A student ticket costs 8 euros.")

    assert [(one.text, one.same) for one in before] == [
        ("A", True),
        (" ticket costs", True),
        (" 12", False),
        (" euros.", True),
    ]
    assert [one.text for one in after if not one.same] == [" student", " 8"]
    assert side_by_side("", "") == ((), ())


def test_a_key_is_tried_kept_used_and_forgotten(open_studio: StudioUnderTest, tmp_path: Path) -> None:
    panel = panel_of(open_studio)
    panel.show_keys()
    dialog = panel.findChild(DeskKeys)
    assert dialog is not None
    card = dialog.cards["compatible"]
    open_studio.until(lambda: dialog.advice.sentence, "the word about the keyring")

    async def with_a_server() -> None:
        async with Loopback() as server:
            card.address.edit.setText(f"{server.url}/v1")
            card.key.edit.setText("test-key")
            await card._try()
            tried = card.told.sentence
            typed = card._typed
            assert typed is not None
            await card._keep_typed(typed)
            async with panel.bench.rehearsal.turn("Hello!", panel.bench.draft) as events:
                told = [event async for event in events]
            assert tried.startswith("It works: compatible/")
            assert told[-1].model_dump()["answered_by"].startswith("compatible/")

    open_studio.run(with_a_server())

    assert dialog.advice.sentence.startswith("This machine has no keyring")
    assert panel.bench.parts.source_of("compatible") == "memory"
    assert card.key.edit.text() == ""
    assert card.forget.isVisible()
    open_studio.window.save()
    kept = [file for file in tmp_path.rglob("*") if file.is_file() and b"test-key" in file.read_bytes()]
    assert kept == []
    card.forget.click()
    open_studio.until(lambda: panel.bench.parts.source_of("compatible") == "none", "the key to be forgotten")
    dialog.close()
