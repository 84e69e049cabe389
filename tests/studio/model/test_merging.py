"""Merging two designers' drafts: laws that hold for all drafts, and the cases that people meet."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from shared.contract.acting import RoleClip
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, DocumentRef, Personality
from studio.model.edits import with_personality, with_role_clips
from studio.model.fields import draft_of, tree_of
from studio.model.merging import Merge, merge
from tests.studio.model.drafts import DRAFTS

LAWS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # three whole drafts take minutes to shrink
)
BASE = ChatbotDraft(
    name="Pip",
    personality=Personality(greeting="Hello!", suggestions=("Hours?", "Prices?", "Where?")),
    knowledge=(DocumentRef(blob=BlobRef(name="hours.md", sha256="a" * 64, bytes=1), title="Hours"),),
)


def all_theirs(base: ChatbotDraft, mine: ChatbotDraft, theirs: ChatbotDraft) -> Merge:
    """The merge with their side taken everywhere."""
    found: Merge = merge(base, mine, theirs)
    return merge(base, mine, theirs, {clash.path: "theirs" for clash in found.clashes})


@given(DRAFTS)
@LAWS
def test_a_tree_says_what_its_draft_says(draft: ChatbotDraft) -> None:
    assert draft_of(tree_of(draft)) == draft


@given(DRAFTS, DRAFTS)
@LAWS
def test_what_one_side_changed_is_taken_whole(base: ChatbotDraft, changed: ChatbotDraft) -> None:
    assert merge(base, changed, base) == Merge(changed, ())
    assert merge(base, base, changed) == Merge(changed, ())
    assert merge(base, changed, changed) == Merge(changed, ())


@given(DRAFTS, DRAFTS, DRAFTS)
@LAWS
def test_it_does_not_matter_who_merges(base: ChatbotDraft, mine: ChatbotDraft, theirs: ChatbotDraft) -> None:
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)

    assert {clash.path for clash in here.clashes} == {clash.path for clash in there.clashes}
    assert here.draft == all_theirs(base, theirs, mine).draft
    if not here.clashes:
        assert here.draft == there.draft


@given(DRAFTS, DRAFTS, DRAFTS)
@LAWS
def test_merging_twice_changes_nothing_more(base: ChatbotDraft, mine: ChatbotDraft, theirs: ChatbotDraft) -> None:
    merged = merge(base, mine, theirs).draft

    # Saved over theirs, it is what differs from them; fetched by them, it is what they get.
    assert merge(theirs, merged, theirs).draft == merged


def test_fields_that_one_side_changed_come_together() -> None:
    mine = with_personality(BASE, greeting="Hi there!")
    theirs = with_personality(BASE, about="A robot.").model_copy(update={"name": "Pipa"})

    merged = merge(BASE, mine, theirs)

    assert merged.clashes == ()
    assert merged.draft.personality.greeting == "Hi there!"
    assert (merged.draft.personality.about, merged.draft.name) == ("A robot.", "Pipa")


def test_a_field_that_both_changed_is_chosen() -> None:
    mine, theirs = with_personality(BASE, greeting="Hi!"), with_personality(BASE, greeting="Good day.")

    asked = merge(BASE, mine, theirs)
    chosen = merge(BASE, mine, theirs, {("personality", "greeting"): "theirs"})

    assert [(clash.title, clash.base, clash.mine, clash.theirs) for clash in asked.clashes] == [
        ("Greeting", "Hello!", "Hi!", "Good day.")
    ]
    assert asked.draft.personality.greeting == "Hi!"
    assert chosen.draft.personality.greeting == "Good day."


def test_lists_merge_by_entry_and_keep_their_order() -> None:
    mine = with_personality(BASE, suggestions=("Hours?", "Parking?", "Prices?", "Where?"))
    theirs = with_personality(BASE, suggestions=("Where?", "Prices?", "Dogs?"))

    merged = merge(BASE, mine, theirs)

    assert merged.clashes == ()
    assert merged.draft.personality.suggestions == ("Parking?", "Where?", "Prices?", "Dogs?")


def test_two_orders_are_chosen_between() -> None:
    mine = with_personality(BASE, suggestions=("Where?", "Hours?", "Prices?"))
    theirs = with_personality(BASE, suggestions=("Prices?", "Hours?", "Where?"))

    asked = merge(BASE, mine, theirs)
    chosen = all_theirs(BASE, mine, theirs)

    assert [clash.title for clash in asked.clashes] == ["Order of suggested questions"]
    assert asked.draft.personality.suggestions == mine.personality.suggestions
    assert chosen.draft.personality.suggestions == theirs.personality.suggestions


def test_an_entry_that_one_side_removed_and_the_other_changed_is_chosen() -> None:
    changed = DocumentRef(blob=BlobRef(name="hours.md", sha256="b" * 64, bytes=2), title="Hours")
    mine = BASE.model_copy(update={"knowledge": ()})
    theirs = BASE.model_copy(update={"knowledge": (changed,)})

    asked = merge(BASE, mine, theirs)

    assert [(clash.title, clash.mine) for clash in asked.clashes] == [("Document hours.md", "")]
    assert asked.draft.knowledge == ()
    assert all_theirs(BASE, mine, theirs).draft.knowledge == (changed,)


def test_a_role_takes_the_clips_of_both() -> None:
    mine = with_role_clips(BASE, "greet", [RoleClip(clip="Wave")])
    theirs = with_role_clips(BASE, "greet", [RoleClip(clip="Bow", weight=2)])

    merged = merge(BASE, mine, theirs)

    assert merged.clashes == ()
    assert {entry.clip for entry in merged.draft.acting.roles["greet"]} == {"Wave", "Bow"}


@pytest.mark.parametrize(("glb", "poster"), [("a", None), ("b", "x")])
def test_what_is_made_from_an_avatar_goes_with_it(glb: str, poster: str | None) -> None:
    def avatar(content: str, made: str) -> ChatbotDraft:
        refs = {
            "glb": BlobRef(name="pip.glb", sha256=content * 64, bytes=1),
            "poster": BlobRef(name="poster.webp", sha256=made.replace("x", "c") * 64, bytes=1),
        }
        return BASE.model_copy(update={"avatar": AvatarRef.model_validate(refs)})

    # Both published, so both made a poster; theirs perhaps of another avatar.
    merged = merge(avatar("a", "d"), avatar("a", "e"), avatar(glb, "x"))

    assert merged.clashes == ()
    assert merged.draft.avatar is not None
    assert merged.draft.avatar.glb.sha256[0] == glb
    assert (merged.draft.avatar.poster is None) == (poster is None)


def test_lists_that_would_be_too_long_together_are_chosen_between() -> None:
    mine = with_personality(BASE, do=tuple(f"mine {number}" for number in range(30)))
    theirs = with_personality(BASE, do=tuple(f"theirs {number}" for number in range(30)))

    asked = merge(BASE, mine, theirs)

    assert [clash.path for clash in asked.clashes] == [("personality", "do")]
    assert asked.draft == mine
    assert all_theirs(BASE, mine, theirs).draft == theirs
