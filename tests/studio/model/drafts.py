"""Drafts as hypothesis makes them: small alphabets, so that two of them meet in the same places."""

from typing import Any

from hypothesis import strategies as st

from shared.contract.acting import ActingMap, ClipSettings, CueRule, EmotionFace, RoleClip
from shared.contract.chatbot import (
    AvatarRef,
    BlobRef,
    ChatbotDraft,
    DocumentRef,
    Exchange,
    Look,
    ModelChoice,
    Personality,
    WidgetTexts,
)
from shared.contract.placement import Hours, Placement

WORDS = st.sampled_from(["", "a", "b", "c"])
NAMES = st.sampled_from(["Wave", "Nod", "Idle", "Shrug"])
LISTED = st.lists(st.sampled_from("uvwxyz"), max_size=5).map(tuple)


def unique(strategy: st.SearchStrategy[Any], by: str) -> st.SearchStrategy[Any]:
    """Tuples of what `strategy` makes, no two with the same `by`."""
    return st.lists(strategy, max_size=4, unique_by=lambda one: getattr(one, by)).map(tuple)


def blobs(*names: str) -> st.SearchStrategy[BlobRef]:
    """References to files of these names, with one of three contents."""
    return st.builds(
        lambda name, content: BlobRef(name=name, sha256=content * 64, bytes=ord(content)),
        st.sampled_from(names),
        st.sampled_from("abc"),
    )


AVATARS = st.builds(
    AvatarRef, glb=blobs("pip.glb", "mira.glb"), poster=st.none() | blobs("poster.webp"), licence=WORDS, credit=WORDS
)
CLIPS = st.builds(RoleClip, clip=NAMES, weight=st.sampled_from([1.0, 2.0]))
SETTINGS = st.builds(ClipSettings, duration=st.just(1.0), speed=st.sampled_from([1.0, 2.0]), loop=st.booleans())
FACES = st.builds(EmotionFace, morphs=st.dictionaries(st.sampled_from(["smile", "frown"]), st.sampled_from([0.5, 1.0])))
RULES = st.builds(CueRule, words=st.sampled_from(["hello", "bye"]), suppress=st.booleans())
ACTING = st.builds(
    ActingMap,
    roles=st.dictionaries(st.sampled_from(["idle", "greet"]), unique(CLIPS, "clip"), max_size=2),
    clips=st.dictionaries(NAMES, SETTINGS, max_size=3),
    emotions=st.dictionaries(st.sampled_from(["happy", "sad"]), FACES, max_size=2),
    rules=unique(RULES, "words"),
)
EXCHANGES = st.builds(Exchange, visitor=st.sampled_from(["Hi", "Bye"]), character=st.sampled_from(["Hello", "So long"]))
PERSONS = st.builds(
    Personality, about=WORDS, greeting=WORDS, do=LISTED, suggestions=LISTED, examples=unique(EXCHANGES, "visitor")
)
DOCUMENTS = st.builds(DocumentRef, blob=blobs("hours.md", "prices.md", "rooms.md"), title=WORDS)
KNOWLEDGE = st.lists(DOCUMENTS, max_size=3, unique_by=lambda one: one.blob.name).map(tuple)
LOOKS = st.builds(
    Look,
    corners=st.sampled_from([0, 16]),
    texts=st.dictionaries(st.sampled_from(["en", "de"]), st.builds(WidgetTexts, title=WORDS, teaser=WORDS)),
)
PLACES = st.builds(Placement, include_paths=LISTED, hours=st.sampled_from([(), (Hours(),), (Hours(days=("mon",)),)]))
MODELS = st.builds(ModelChoice, model=WORDS, temperature=st.none() | st.sampled_from([0.0, 1.0]))

DRAFTS = st.builds(
    ChatbotDraft,
    name=WORDS,
    avatar=st.none() | AVATARS,
    acting=ACTING,
    personality=PERSONS,
    knowledge=KNOWLEDGE,
    look=LOOKS,
    placement=PLACES,
    models=MODELS,
)
