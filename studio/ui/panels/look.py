"""The Look & placement panel: how the widget looks on a site, what it says there, where and when it shows itself."""

from shared.contract.chatbot import ChatbotDraft
from shared.placement.evaluating import given_rules
from studio.ui.bench import Bench
from studio.ui.panels.look_live import LiveLook
from studio.ui.panels.look_place import PlacePage
from studio.ui.panels.look_style import StylePage
from studio.ui.panels.look_words import WordsPage
from studio.ui.panels.paged import PagedPanel
from studio.ui.panels.placement_rules import RulesPage

STYLE_PAGE, WORDS_PAGE, PLACE_PAGE, RULES_PAGE = range(4)


class LookPanel(PagedPanel):
    """A picture of the widget over four pages; the rules, which change nothing in it, have the room for themselves."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Look & placement", "How your character looks on a site, where and when it shows.")
        self.live = LiveLook(bench)
        self.style_page = StylePage(bench)
        self.words = WordsPage(bench)
        self.place_page = PlacePage(bench)
        self.rules = RulesPage(bench)
        self.body.addWidget(self.live, 1)
        self.show_pages(
            (
                ("Look", "Colours, framing, size, corners", self.style_page),
                ("Words", "The widget's own words, in every language", self.words),
                ("Place", "Bubble, in the page or whole page; side, distance, language", self.place_page),
                ("Rules", "On which pages, for whom and when it shows itself", self.rules),
            )
        )
        self.body.setStretch(2, 2)
        self.tabs.currentChanged.connect(lambda place: self.live.setVisible(place != RULES_PAGE))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the draft in the picture and on every page."""
        self.live.show_draft(draft)
        super().show_draft(draft)
        given = len(given_rules(draft.placement))
        self.tabs.show_mark(RULES_PAGE, str(given) if given else "")

    def entered(self) -> None:
        """The panel came on screen: the picture is drawn."""
        super().entered()
        self.live.entered()
