"""Which clip may follow which, and fixes that do not undo each other."""

from shared.contract.acting import ActingMap, ClipSettings, Role, RoleClip
from shared.contract.avatar import AvatarFacts
from shared.contract.chatbot import ChatbotDraft
from shared.glb.health import Ailment, Fix
from shared.glb.transitions import Transition
from studio.model.acting_edits import with_fixes
from studio.model.changes import Changes, played
from studio.model.document import Document


def test_loops_and_gestures_are_read_off_the_map() -> None:
    roles: dict[Role, tuple[RoleClip, ...]] = {
        "nod": (RoleClip(clip="Yes"), RoleClip(clip="Gone")),
        "talking": (RoleClip(clip="Talk"),),
        "present": (RoleClip(clip="Talk"), RoleClip(clip="Hidden")),
        "idle": (RoleClip(clip="Idle"),),
    }
    hidden = {"Hidden": ClipSettings(duration=1, hidden=True)}

    found = played(ActingMap(roles=roles, clips=hidden), ("Talk", "Yes", "Idle", "Hidden"))

    assert found == (("Idle", "Talk"), ("Yes",))


def test_a_change_is_found_by_its_clips() -> None:
    there = Transition("A", "B", 0.4, "Hand", 0.1, 0.2)
    changes = Changes(("A",), ("B",), (there,))

    assert changes.between("A", "B") is there
    assert changes.between("B", "A") is None


def test_of_two_fixes_for_one_field_the_first_counts() -> None:
    clips = {"Wave": ClipSettings(duration=2.0)}
    draft = ChatbotDraft(acting=ActingMap(clips=clips))
    trims = [
        Ailment("lead_in", "warning", "Wave", "", Fix("", {"trim": True, "active_start": 0.5})),
        Ailment("flash", "note", "Wave", "", Fix("", {"active_start": 0.9})),
        Ailment("drift", "note", "Wave", "", Fix("", {"lock_root": True})),
        Ailment("named", "note", "Wave", ""),
    ]

    after = with_fixes(draft, trims).acting.clips["Wave"]

    assert after == ClipSettings(duration=2.0, trim=True, active_start=0.5, lock_root=True)


def test_a_document_over_another_avatar_keeps_history_and_saved_state() -> None:
    document = Document(ChatbotDraft(name="Ada"))
    document.change("Rename", ChatbotDraft(name="Bea"))

    after = document.continued(AvatarFacts(joints=3), ())
    after.undo()

    assert after.saved
    assert after.history.redo_name == "Rename"
    assert after.facts.joints == 3
    assert document.draft.name == "Bea"
    assert document.history.undo_name == "Rename"
