"""The Personality panel: who the character is, how it speaks, what it says, which model speaks for it, the prompt."""

from studio.ui.bench import Bench
from studio.ui.panels.model_choice import ModelPage
from studio.ui.panels.paged import PagedPanel
from studio.ui.panels.personality_character import CharacterPage
from studio.ui.panels.personality_lines import LinesPage
from studio.ui.panels.personality_prompt import PromptPage
from studio.ui.panels.personality_voice import VoicePage
from studio.ui.parts.fields import LineField, TextField

CHARACTER_PAGE, VOICE_PAGE, LINES_PAGE, MODEL_PAGE, PROMPT_PAGE = range(5)


class PersonalityPanel(PagedPanel):
    """Five pages."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Personality", "Who your character is. It answers in this voice, from its knowledge.")
        self.character = CharacterPage(bench)
        self.voice = VoicePage(bench)
        self.spoken = LinesPage(bench)
        self.model = ModelPage(bench)
        self.prompt = PromptPage(bench)
        self.show_pages(
            (
                ("Character", "Name, role, languages, who it is", self.character),
                ("Voice", "Tone, do and don't, examples", self.voice),
                ("Lines", "What it says word for word", self.spoken),
                ("Model", "Who answers, how long, for how much", self.model),
                ("Prompt", "What is sent to the model, and what that costs", self.prompt),
            )
        )

    @property
    def name(self) -> LineField:
        """The character's name."""
        return self.character.name

    @property
    def fields(self) -> dict[str, TextField]:
        """The texts by their keys in the contract."""
        pages = (self.character.fields, self.voice.fields, self.spoken.fields)
        return {key: field for page in pages for key, field in page.texts.items()}
