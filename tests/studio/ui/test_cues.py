"""The cue timeline: what was acted and what was not, acted again at a click, and corrected into rules."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shared.contract.acting import CueRule
from shared.dialogue.trace import ConsideredCue
from studio.ui.panels.rehearsal import RULES, TALK, RehearsalPanel
from tests.studio.ui.conftest import StudioUnderTest

TICKETS = "A ticket for the museum costs 12 euros for adults.\n\nStudents pay 8 euros for a ticket.\n"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(open_studio: StudioUnderTest, tmp_path: Path) -> RehearsalPanel:
    """A rehearsal in which one question has been answered."""
    open_studio.window.workspace.show_section("rehearsal")
    found = open_studio.window.workspace.panels["rehearsal"]
    assert isinstance(found, RehearsalPanel)
    found.talk.question.setPlainText("Hello!")
    found.talk.ask()
    open_studio.until(lambda: found.talk.send.isVisible(), "the answer's end")
    return found


def test_a_cue_is_acted_again_corrected_and_kept_still(open_studio: StudioUnderTest, panel: RehearsalPanel) -> None:
    timeline, actor = panel.cues.timeline, open_studio.window.view.actor
    [greeting] = [cue for cue in timeline.cues if cue.fate == "acted"]
    assert (greeting.intent.source, greeting.intent.role) == ("event", "greet")
    actor.drop_cues()

    QTest.mouseClick(timeline, LEFT, Qt.KeyboardModifier.NoModifier, timeline.spot_of(greeting).center().toPoint())

    assert timeline.selected == greeting
    assert "an event of the turn" in panel.cues.words.text()
    assert actor.seen[1] == "gesture"
    panel.cues.correct.click()
    assert panel.tabs.currentIndex() == RULES
    QTest.keyClick(open_studio.window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert panel.tabs.currentIndex() == TALK
    QTest.keyClick(open_studio.window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert panel.tabs.currentIndex() == RULES
    [card] = panel.rules.cards
    assert panel.bench.draft.acting.rules == (
        CueRule(words="Hello", emotion="happy", intensity=0.8, role="greet", clip=rule_clip(greeting)),
    )
    assert card.fit.text() == "Decides about “Hello!”."
    card.emotion.activated.emit(card.emotion.findData("surprised"))
    card.emotion.setCurrentIndex(card.emotion.findData("surprised"))
    corrected = [cue for cue in timeline.cues if cue.intent.source == "designer"]
    assert [cue.decision and cue.decision.emotion for cue in corrected] == ["surprised"]
    assert "corrected" in [cue.reason for cue in timeline.cues]
    assert timeline.selected == corrected[0]
    panel.cues.correct.click()
    assert len(panel.rules.cards) == 1
    content = panel.rules.area.widget()
    assert content is not None
    assert content.width() <= panel.rules.area.viewport().width()
    card.manner.chosen.emit("nothing")
    assert [cue for cue in timeline.cues if cue.fate == "acted"] == []
    names = panel.bench.document.history.names
    for _ in names:
        open_studio.window.undo()
    assert names == ("Correct a cue", "Change a rule", "Change a rule")
    assert panel.rules.cards == []
    assert greeting in timeline.cues


def rule_clip(cue: ConsideredCue) -> str | None:
    return cue.decision.clip if cue.decision else None


def test_a_rule_acts_in_the_next_answer(open_studio: StudioUnderTest, panel: RehearsalPanel) -> None:
    panel.rules.add(CueRule(words="hello", emotion="amused", role="shrug", intensity=0.9), edit=False)

    panel.restart()
    panel.talk.question.setPlainText("Hello!")
    panel.talk.ask()
    open_studio.until(lambda: panel.talk.send.isVisible(), "the answer's end")

    [acted] = panel.talk.answers[-1].acted
    assert (acted.source, acted.role, acted.emotion, acted.intensity) == ("designer", "shrug", "amused", 0.9)


def test_the_answer_is_acted_again_as_a_whole(open_studio: StudioUnderTest, panel: RehearsalPanel) -> None:
    answer = panel.talk.answers[-1]
    text, acted = answer.shown, list(answer.acted)
    assert answer.finished is not None

    panel.cues.again.click()
    open_studio.until(lambda: 0 < len(answer.shown) < len(text), "its first words")
    running = panel.talk.running
    open_studio.until(lambda: not panel.talk.running, "its end")

    assert running
    assert answer.shown == text
    assert [(cue.role, cue.clip) for cue in answer.acted] == [(cue.role, cue.clip) for cue in acted]
    assert len(panel.bench.rehearsal.history) == 2


def test_the_drawer_tells_of_the_turn_and_goes_by_keys(open_studio: StudioUnderTest, panel: RehearsalPanel) -> None:
    answer, timeline = panel.talk.answers[-1], panel.cues.timeline
    assert answer.finished is not None
    assert answer.trace.prompt is not None
    assert panel.cues.facts.usage.text() == "no tokens · free"
    assert "First words after" in panel.cues.facts.waterfall.accessibleName()
    assert answer.trace.prompt.system in panel.cues.prompt.prompt
    assert panel.cues.prompt.prompt.endswith("Hello!")

    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    first = timeline.selected
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    last = timeline.selected
    timeline.choose(answer.trace.clauses[-1])
    panel.cues.silence.click()

    assert (first, last) == (timeline.cues[0], timeline.cues[-2])
    [rule] = panel.bench.draft.acting.rules
    assert rule == CueRule(words="How can I help", suppress=True)
    assert open_studio.window.toasts.texts[0] == "It is a rule now"
