"""What differs between two drafts, in words."""

import pytest
from hypothesis import HealthCheck, given, settings

from shared.contract.acting import ClipSettings, RoleClip
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, DocumentRef
from studio.model.differences import as_written, differences
from studio.model.edits import with_acting, with_personality, with_role_clips
from studio.model.wording import title_of, value_words
from tests.studio.model.drafts import DRAFTS

BASE = ChatbotDraft(name="Pip")


def blob(name: str, content: str = "a") -> BlobRef:
    return BlobRef(name=name, sha256=content * 64, bytes=1_200)


@given(DRAFTS, DRAFTS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_no_difference_means_the_same_draft(one: ChatbotDraft, other: ChatbotDraft) -> None:
    assert (differences(one, other) == ()) == (as_written(one) == as_written(other))
    assert differences(one, one) == ()


def test_a_field_is_named_with_before_and_after() -> None:
    after = with_personality(BASE, greeting="Good day.")

    [found] = differences(BASE, after)

    assert (found.sentence, found.before, found.after) == (
        "Greeting changed", "Hello! How can I help?", "Good day."
    )  # fmt: skip


def test_documents_are_added_removed_and_changed() -> None:
    before = BASE.model_copy(
        update={"knowledge": tuple(DocumentRef(blob=blob(name), title=name) for name in ("a.md", "b.md"))}
    )
    after = BASE.model_copy(
        update={"knowledge": (
            DocumentRef(blob=blob("b.md", "c"), title="b.md"), DocumentRef(blob=blob("d.md"), title="d.md")
        )}
    )  # fmt: skip

    found = differences(before, after)

    assert [difference.sentence for difference in found] == [
        "Document a.md removed", "Document b.md changed", "Document d.md added",
    ]  # fmt: skip


def test_acting_is_told_by_role_and_clip() -> None:
    before = with_role_clips(BASE, "greet", [RoleClip(clip="Wave")])
    after = with_role_clips(BASE, "greet", [RoleClip(clip="Wave", weight=2.5), RoleClip(clip="Bow")])
    clips = {"Wave": ClipSettings(duration=2, lock_root=True)}
    after = with_acting(after, after.acting.model_copy(update={"clips": clips}))

    found = differences(before, after)

    assert [(one.title, one.kind, one.before, one.after) for one in found][:2] == [
        ("Role greet: weight of Wave", "changed", "1", "2.5"),
        ("Role greet: Bow", "added", "", "clip Bow, weight 1, confidence 1, source designer"),
    ]
    assert found[2].sentence == "Settings of Wave added"


def test_what_publishing_makes_is_no_difference() -> None:
    before = BASE.model_copy(update={"avatar": AvatarRef(glb=blob("pip.glb"))})
    after = BASE.model_copy(
        update={"avatar": AvatarRef(glb=blob("pip.glb"), poster=blob("p.webp"), optimised=blob("o.glb"))}
    )
    other = BASE.model_copy(update={"avatar": AvatarRef(glb=blob("mira.glb"))})

    assert differences(before, after) == ()
    assert [one.sentence for one in differences(after, other)] == ["Avatar file changed"]
    assert differences(after, other)[0].after == "mira.glb (1,200 bytes)"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (("name",), "Name"),
        (("personality", "manner", "warmth"), "Tone: warmth"),
        (("personality", "suggestions", "order"), "Order of suggested questions"),
        (("acting", "clips", "Talk.001", "lock_root"), "Lock root of Talk.001"),
        (("models", "answer_tokens"), "Model: answer tokens"),
        (("a", "field", "to_come"), "Field: to come"),
    ],
)
def test_every_path_has_a_title(path: tuple[str, ...], title: str) -> None:
    assert title_of(path) == title


def test_values_are_words() -> None:
    assert [value_words(value) for value in (True, None, 0.5, ["a", "b"], {"speed": 2.0, "loop": False})] == [
        "yes", "", "0.5", "a, b", "speed 2, loop no",
    ]  # fmt: skip
    assert value_words(12_500_000, ("models", "monthly_budget_micros")) == "12.50 US dollars"
