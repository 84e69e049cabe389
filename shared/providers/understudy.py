"""The understudy: answers from the passages by itself, needs no key, and is always there.

It picks whole sentences that cover the question, cites each, greets and thanks, and declines in the chatbot's own words
when nothing fits. It never makes anything up: all that it says of the world stands in a passage. Of a personality it
heeds what it can without rewording anybody's sentences: the length of answers, the designer's lines, and in its own
lines the language, the form of address and how lively they are.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Final

from shared.providers.answering import Kin, Scored, score_sentences
from shared.providers.asked_kinds import fits_question
from shared.providers.chat import Chunk, EndChunk, Prompt, Source, TextChunk
from shared.providers.own_lines import MARKED, SLIGHT, Line, own_line
from shared.providers.sentences import sentences_of
from shared.providers.smalltalk import SmallTalk, small_talk

MOST_SENTENCES: Final = 3
GOOD_SHARE: Final = 0.6
"""A further sentence must have at least this share of the best one's score, and open a part of the question."""
TOO_FAINT: Final = 0.3
"""Below it, a sentence without the price, time or name that was asked for is no answer."""
EQUAL_SHARE: Final = 0.95
"""With this share it may say the same of something else, such as the next row of a price list."""
LONGEST_ANSWER: Final = 600
"""Characters after which no further sentence is added."""
_SHRUGGING: Final = "<act sorry 0.7 shrug/>"
SHORT_ANSWER: Final = 180
"""Up to this length, a lone sentence that holds what was asked for is followed by the next one."""
ROUND_ANSWER: Final = 300
"""The same where nothing in particular was asked for."""
WORDS_PER_CHUNK: Final = 3


class Understudy:
    """The built-in model.

    Args:
        seconds_per_chunk: its pace; a chunk is three words. A few milliseconds look like speech that is typed.
    """

    provider: Final = "troupe"
    model: Final = "understudy"

    def __init__(self, seconds_per_chunk: float = 0.012) -> None:
        self._seconds_per_chunk = seconds_per_chunk

    async def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Stream the answer; see ChatModel. It cannot fail."""
        text = compose_answer(prompt)
        for chunk in _word_groups(text):
            yield TextChunk(chunk)
            await asyncio.sleep(self._seconds_per_chunk)
        yield EndChunk("end", model=self.model)

    async def close(self) -> None:
        """It holds nothing."""


def compose_answer(prompt: Prompt) -> str:
    """What the understudy says: small talk, sentences of the passages with citations, or the chatbot's decline.

    Like any model it may write acting markers: it shrugs when it declines.
    """
    kind = small_talk(prompt.question)
    if kind is not None:
        return _SMALL_TALK[kind](prompt)
    extent = extent_of(prompt.personality.manner.length)
    answer = answer_from(prompt.question, prompt.sources, prompt.kin, extent)
    return answer or f"{_SHRUGGING}{prompt.personality.decline}"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much it says: sentences at most, characters after which none is added, and whether thoughts are finished."""

    sentences: int = MOST_SENTENCES
    characters: int = LONGEST_ANSWER
    rounded: bool = True
    """Adds the sentence before or after a lone one that needs it."""


_USUAL: Final = Extent()


def extent_of(length: float) -> Extent:
    """How much to say for the slider from brief (-1) to thorough (1)."""
    if length <= -MARKED:
        return Extent(1, 200, rounded=False)
    if length < -SLIGHT:
        return Extent(2, 320, rounded=False)
    if length >= MARKED:
        return Extent(6, 1_200)
    return Extent(4, 900) if length > SLIGHT else _USUAL


def answer_from(question: str, sources: tuple[Source, ...], kin: Kin | None = None, extent: Extent = _USUAL) -> str:
    """Some sentences that answer the question, each cited; empty when no source has a readable one."""
    scored = score_sentences(question, sources, kin)
    if not scored:
        return ""
    best = max(scored, key=lambda one: one.score)
    if 0 < best.score < TOO_FAINT and fits_question(question, best.text) is False:
        return ""
    if best.score == 0:
        # Its words stand nowhere: meaning alone has found the passages, and the best one is let speak.
        return _joined(scored[:2], scored[0])
    chosen = [best]
    for candidate in sorted(scored, key=lambda one: -one.score):
        if _adds(candidate, chosen, best, extent):
            chosen.append(candidate)
    return _joined([*chosen, *_rounding(question, best, chosen, scored)] if extent.rounded else chosen, best)


def _rounding(question: str, best: Scored, chosen: list[Scored], scored: list[Scored]) -> list[Scored]:
    """The sentence that the best one leans on, and for a lone one the sentence that finishes its thought."""
    more: list[Scored] = []
    before = _before(best, scored)
    if before and before not in chosen and len(before.text) + len(best.text) < ROUND_ANSWER:
        more.append(before)
    following = _following(best, scored)
    room = SHORT_ANSWER if fits_question(question, best.text) else ROUND_ANSWER
    if len(chosen) + len(more) == 1 and following and len(best.text) + len(following.text) < room:
        more.append(following)
    return more


def _adds(candidate: Scored, chosen: list[Scored], best: Scored, extent: Extent) -> bool:
    """Does it answer a part of the question that is still open, or the same as well as the best one does?"""
    length = sum(len(one.text) for one in chosen) + len(candidate.text)
    room = len(chosen) < extent.sentences and length < extent.characters
    fresh = all(_bare(candidate.text) != _bare(one.text) for one in chosen)
    opens = candidate.covered - frozenset().union(*(one.covered for one in chosen))
    equal = candidate.number == best.number and candidate.score >= EQUAL_SHARE * best.score
    good = candidate.score >= GOOD_SHARE * best.score and (bool(opens) or equal)
    return room and fresh and good


def _before(best: Scored, scored: list[Scored]) -> Scored | None:
    """The sentence before the best one, where that one only says `it` or `they`."""
    place = (best.number, best.block, best.place - 1)
    return next((one for one in scored if best.points_back and (one.number, one.block, one.place) == place), None)


def _following(best: Scored, scored: list[Scored]) -> Scored | None:
    """The sentence after the best one, which often finishes its thought."""
    after = (best.number, best.block, best.place + 1)
    return next((one for one in scored if (one.number, one.block, one.place) == after), None)


def _joined(chosen: list[Scored], best: Scored) -> str:
    """Best passage first, sentences of one passage in their own order, one mark after each run of a source."""
    ordered = sorted(chosen, key=lambda one: (one.number != best.number, one.number, one.place))
    parts: list[str] = []
    for position, sentence in enumerate(ordered):
        last_of_source = position + 1 == len(ordered) or ordered[position + 1].number != sentence.number
        parts.append(_cited(sentence.text, sentence.number) if last_of_source else _ended(sentence.text))
    return " ".join(parts)


def _cited(text: str, number: int) -> str:
    ended = _ended(text)
    return f"{ended[:-1]} [{number}]{ended[-1]}"


def _ended(text: str) -> str:
    return text if text[-1] in ".!?…" else text.rstrip(" ,;:") + "."


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _word_groups(text: str) -> list[str]:
    words = re.findall(r"\S+\s*", text)
    return ["".join(words[start : start + WORDS_PER_CHUNK]) for start in range(0, len(words), WORDS_PER_CHUNK)]


def _line(prompt: Prompt, line: Line) -> str:
    """A line of its own, in the character's language and as formal and calm as the sliders say."""
    personality = prompt.personality
    spoken = [tag.partition("-")[0].lower() for tag in personality.languages]
    page = prompt.locale.partition("-")[0].lower()
    language = page if not spoken or page in spoken else spoken[0]
    return own_line(line, language, personality.manner)


def _offer(prompt: Prompt) -> str:
    """A sentence that says what may be asked."""
    topics = prompt.personality.suggestions[:2]
    if not topics:
        return _line(prompt, "ask")
    return _line(prompt, "for_example").format(" ".join(f"“{topic}”" for topic in topics))


def _introduce(prompt: Prompt) -> str:
    about = sentences_of(prompt.personality.about)[:2]
    first_person = [sentence for sentence in about if re.match(r"(?:I|Ich|Je|Yo)\b", sentence)]
    name = _line(prompt, "name").format(prompt.name or "Troupe")
    return " ".join([name, *first_person, _offer(prompt)])


_SMALL_TALK: Final[dict[SmallTalk, Callable[[Prompt], str]]] = {
    "greeting": lambda prompt: prompt.personality.greeting or _line(prompt, "how"),
    "thanks": lambda prompt: _line(prompt, "thanks"),
    "goodbye": lambda prompt: prompt.personality.goodbye or _line(prompt, "goodbye"),
    "how_are_you": lambda prompt: _line(prompt, "how"),
    "who_are_you": _introduce,
    "praise": lambda prompt: _line(prompt, "praise"),
    "laugh": lambda prompt: _line(prompt, "laugh"),
}
