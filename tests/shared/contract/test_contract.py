"""The contract takes what it gave, refuses what does not fit, and never fails in any other way."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.contract.acting import EMOTIONS, ROLES, ActingMap, ClipSettings, EmotionFace, RoleClip
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, DocumentRef, Look, Personality
from shared.contract.sync import NewEmbed
from shared.contract.turn import TURN_EVENT, TurnCitation, TurnCue, TurnDelta, TurnFailed, TurnFinished, TurnStarted

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,30}", fullmatch=True)
UNIT = st.floats(0, 1)
SECONDS = st.floats(0, 600)
ROLE, EMOTION = st.sampled_from(ROLES), st.sampled_from(EMOTIONS)
TURNS = st.fixed_dictionaries({"turn_id": st.uuids(), "seq": st.integers(0, 10_000)})

role_clips = st.builds(RoleClip, clip=TEXT, weight=st.floats(0.01, 100), confidence=UNIT, emotion=st.none() | EMOTION)
clip_settings = st.builds(
    ClipSettings, duration=SECONDS, active_start=SECONDS, active_end=st.none() | SECONDS, speed=st.floats(0.1, 4)
)
faces = st.builds(EmotionFace, morphs=st.dictionaries(TEXT, UNIT, max_size=3), role=st.none() | ROLE)
acting_maps = st.builds(
    ActingMap,
    roles=st.dictionaries(ROLE, st.lists(role_clips, max_size=3).map(tuple), max_size=4),
    clips=st.dictionaries(TEXT, clip_settings, max_size=4),
    emotions=st.dictionaries(EMOTION, faces, max_size=3),
    snappiness=st.floats(0.5, 2),
)
blobs = st.builds(
    BlobRef, name=NAMES, sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True), bytes=st.integers(0, 2**40)
)
drafts = st.builds(
    ChatbotDraft,
    name=TEXT,
    locale=st.sampled_from(["en", "de", "pt-BR", "zh-Hant"]),
    avatar=st.none() | st.builds(AvatarRef, glb=blobs, poster=st.none() | blobs, licence=TEXT, credit=TEXT),
    acting=acting_maps,
    personality=st.builds(Personality, about=TEXT, greeting=TEXT, suggestions=st.lists(TEXT, max_size=3).map(tuple)),
    knowledge=st.lists(st.builds(DocumentRef, blob=blobs, title=TEXT), max_size=3).map(tuple),
    look=st.builds(Look, accent=st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)),
)
events = st.one_of(
    st.builds(lambda turn, message: TurnStarted(**turn, message_id=message), TURNS, st.uuids()),
    st.builds(lambda turn, offset, text: TurnDelta(**turn, offset=offset, text=text), TURNS, st.integers(0, 999), TEXT),
    st.builds(
        lambda turn, role, strength: TurnCue(
            **turn, role=role, intensity=strength, offset=1, shown_offset=2, source="marker", confidence=strength
        ),
        TURNS,
        st.none() | ROLE,
        UNIT,
    ),
    st.builds(lambda turn, text: TurnCitation(**turn, number=1, document_id="d", title=text, text=text), TURNS, TEXT),
    st.builds(
        lambda turn, text: TurnFinished(**turn, text=text, outcome="answered", answered_by="troupe/understudy"),
        TURNS,
        TEXT,
    ),
    st.builds(lambda turn, text: TurnFailed(**turn, code="model_failed", sentence=text), TURNS, TEXT),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(drafts)
def test_a_draft_comes_back_from_its_json_as_it_was(draft: ChatbotDraft) -> None:
    assert ChatbotDraft.model_validate_json(draft.model_dump_json()) == draft


@given(events)
def test_a_turn_event_comes_back_from_its_json_as_it_was(event: Any) -> None:
    assert TURN_EVENT.validate_json(TURN_EVENT.dump_json(event)) == event


@given(st.sampled_from(sorted(ChatbotDraft.model_fields)), json_values)
def test_a_spoiled_draft_is_refused_or_taken_and_nothing_else(field: str, value: Any) -> None:
    spoiled = {**ChatbotDraft().model_dump(mode="json"), field: value}

    try:
        taken = ChatbotDraft.model_validate(spoiled)
    except ValidationError:
        return

    assert ChatbotDraft.model_validate_json(taken.model_dump_json()) == taken


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_do_not_pass(number: str) -> None:
    spoiled = json.dumps({"duration": 1.0, "speed": 0.5}).replace("0.5", number)

    with pytest.raises(ValidationError):
        ClipSettings.model_validate(json.loads(spoiled))


@pytest.mark.parametrize("name", ["..", ".", "a/b", "a\\b", "", "line\nbreak", "x" * 201])
def test_a_file_name_cannot_leave_its_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        BlobRef(name=name, sha256="0" * 64, bytes=1)


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="surprise"):
        ChatbotDraft.model_validate({"surprise": 1})


@pytest.mark.parametrize("site", ["example.com", "https://a.*.com", "javascript:alert(1)", "https://a.com/path", "*"])
def test_a_site_is_scheme_host_and_port(site: str) -> None:
    with pytest.raises(ValidationError):
        NewEmbed(sites=(site,))


def test_an_event_is_known_by_its_type() -> None:
    turn = {"turn_id": str(UUID(int=1)), "seq": 0}

    with pytest.raises(ValidationError):
        TURN_EVENT.validate_python({**turn, "type": "delta", "message_id": str(UUID(int=2))})
