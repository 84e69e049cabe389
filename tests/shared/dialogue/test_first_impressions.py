"""What visitors ask first of the two demo chatbots, in their own words; the understudy answers."""

from pathlib import Path

import pytest

from shared.knowledge.documents import parse_document
from shared.knowledge.memory import MemoryLibrary, shelve
from shared.knowledge.minilm import MiniLm
from tests.shared.dialogue.stages import citations, finished, perform

DEMOS = Path(__file__).resolve().parents[3] / "shared" / "demos"


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MemoryLibrary]:
    minilm = MiniLm(tmp_path_factory.mktemp("minilm"))
    return {slug: _library(DEMOS / slug, minilm) for slug in ("pip", "mira")}


def _library(folder: Path, minilm: MiniLm) -> MemoryLibrary:
    documents = sorted(folder.glob("*.md"))
    passages = [each for file in documents for each in shelve(file.stem, parse_document(file.name, file.read_bytes()))]
    return MemoryLibrary(passages, minilm)


@pytest.mark.parametrize(
    ("slug", "question", "told"),
    [
        ("mira", "How do I become a member?", "45 euros a year"),
        ("mira", "Can I take pictures?", "You may take photos without flash"),
        ("mira", "What do children pay?", "4 euros for children"),
        ("mira", "What are the prices?", "9 euros for adults, 6 euros for students"),
        ("mira", "opening hours", "from Tuesday to Sunday"),
        ("mira", "How do I get there?", "12 Glasshouse Road"),
        ("mira", "How long does a visit take?", "an hour and a half"),
        ("mira", "Are there guided tours?", "every Saturday and Sunday at 14:00"),
        ("mira", "Is there a gift shop?", "The shop sells books"),
        ("pip", "What are the prices?", "24 euros for a day, 210 euros a month"),
        ("pip", "How much is a meeting room?", "from 12 to 38 euros an hour"),
        ("pip", "How do I pay?", "credit cards"),
        ("pip", "When do I get my invoice?", "on the first working day of the month"),
        ("pip", "Where can I leave my bike?", "a bicycle room with 60 places"),
        ("pip", "Can I bring my kids?", "Children are welcome"),
        ("pip", "Where are you?", "4 Customs Lane"),
        ("pip", "hours", "Monday to Friday from 7:30 to 20:00"),
    ],
)
async def test_a_fair_question_gets_its_answer(
    libraries: dict[str, MemoryLibrary], slug: str, question: str, told: str
) -> None:
    events = await perform(question, libraries[slug])

    assert told in finished(events).text
    assert citations(events)


@pytest.mark.parametrize("slug", ["pip", "mira"])
@pytest.mark.parametrize(
    "question", ["Do you have a swimming pool?", "What's the weather tomorrow?", "Who painted the Mona Lisa?"]
)
async def test_a_question_about_other_things_is_declined(
    libraries: dict[str, MemoryLibrary], slug: str, question: str
) -> None:
    events = await perform(question, libraries[slug])

    assert finished(events).outcome == "nothing_found"


async def test_what_only_says_they_is_preceded_by_what_it_speaks_of(libraries: dict[str, MemoryLibrary]) -> None:
    events = await perform("How much is a meeting room?", libraries["pip"])

    assert finished(events).text.startswith("There are six meeting rooms")
