"""Undo, redo and saved state of the document being edited."""

from hypothesis import given
from hypothesis import strategies as st

from shared.contract.acting import RoleClip
from shared.contract.chatbot import ChatbotDraft
from studio.model.document import Document
from studio.model.edits import with_personality, with_role_clip_added, without_role_clip


def test_a_change_is_told_and_can_be_taken_back_and_done_again() -> None:
    document = Document(ChatbotDraft(name="Ada"))
    seen: list[str] = []
    document.draft_changed.connect(lambda draft: seen.append(draft.name))

    document.change("Rename", document.draft.model_copy(update={"name": "Bea"}))
    document.undo()
    document.redo()

    assert seen == ["Bea", "Ada", "Bea"]


def test_changing_nothing_is_no_step() -> None:
    document = Document(ChatbotDraft())

    assert not document.change("Rename", ChatbotDraft())
    assert document.history.undo_name is None


def test_one_gesture_is_one_step_until_it_is_settled() -> None:
    document = Document(ChatbotDraft(name="0"))

    for name in ("1", "2"):
        document.change("Rename", document.draft.model_copy(update={"name": name}), gesture="name")
    document.settle()
    document.change("Rename", document.draft.model_copy(update={"name": "3"}), gesture="name")

    assert len(document.history.names) == 2
    document.undo()
    assert document.draft.name == "2"
    document.undo()
    assert document.draft.name == "0"


def test_a_gesture_after_undo_is_a_new_step() -> None:
    document = Document(ChatbotDraft(name="0"))
    document.change("Rename", document.draft.model_copy(update={"name": "1"}), gesture="name")
    document.change("Tone", with_personality(document.draft, tone="warm"))
    document.undo()

    document.change("Rename", document.draft.model_copy(update={"name": "2"}), gesture="name")

    assert document.history.names == ("Rename", "Rename")
    assert document.history.redo_name is None


def test_saved_state_follows_undo_back_to_what_is_on_disk() -> None:
    document = Document(ChatbotDraft(name="Ada"))
    told: list[bool] = []
    document.saved_changed.connect(told.append)

    document.change("Rename", document.draft.model_copy(update={"name": "Bea"}))
    document.undo()
    document.redo()
    document.mark_saved(document.draft)

    assert told == [False, True, False, True]
    assert document.saved


def test_a_clip_stands_in_a_role_once_and_leaves_no_empty_role() -> None:
    draft = with_role_clip_added(ChatbotDraft(), "nod", "Yes")
    twice = with_role_clip_added(draft, "nod", "Yes")

    assert twice.acting.roles["nod"] == (RoleClip(clip="Yes"),)
    assert "nod" not in without_role_clip(twice, "nod", "Yes").acting.roles


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=40))
def test_undoing_everything_leads_back_to_the_beginning(moves: list[str]) -> None:
    document = Document(ChatbotDraft(name="start"))
    for number, move in enumerate(moves):
        if move == "change":
            document.change("Rename", document.draft.model_copy(update={"name": str(number)}))
        elif move == "undo":
            document.undo()
        else:
            document.redo()

    while document.history.undo_name is not None:
        document.undo()

    assert document.draft.name == "start"
