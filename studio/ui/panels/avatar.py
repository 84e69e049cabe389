"""The Avatar panel: what the file holds, what was found in it, and its clips to look at."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shared.contract.avatar import AvatarFacts, Finding
from shared.contract.chatbot import ChatbotDraft
from shared.glb.health import file_findings
from studio.model.checklist import role_title
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.panels.avatar_change import ChangeCard
from studio.ui.panels.avatar_source import SourceCard
from studio.ui.panels.clip_gallery import ClipGallery
from studio.ui.panels.motion import Timeline
from studio.ui.panels.panel import Panel
from studio.ui.parts.buttons import button
from studio.ui.parts.clip_list import ClipList, ClipRow
from studio.ui.parts.fields import LineEdit, LineField
from studio.ui.parts.layout import card, clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.marks import Pill
from studio.ui.parts.notices import EmptyState, IconLabel
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT

MOUTHS = {
    "visemes": ("Mouth: full", "fine"),
    "open": ("Mouth: opens", "warning"),
    "none": ("Mouth: none", "muted"),
}
SEVERITY_ICONS = {"error": ("error", "danger"), "warning": ("warning", "warning"), "note": ("note", "muted")}
FACTS_PER_ROW = 3


class AvatarPanel(Panel):
    """Facts, findings and clips of the avatar."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Avatar", "What your GLB holds. Click a clip to see it.")
        self.replace_asked = Signal[[]]()
        self.clips = ClipList(bench.theme)
        self.clips.chosen.connect(bench.actor.toggle)
        self.filter = LineEdit()
        self.filter.setPlaceholderText("Find a clip")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._show_clips(bench.draft))
        self._count = Pill(bench.theme)
        self.heading.addWidget(
            button(bench.theme, "Replace GLB…", self.replace_asked.emit, kind="quiet", icon="refresh")
        )
        self.source = SourceCard(bench, self)
        self._fill(bench.document.facts)
        if bench.opened.avatar is not None:
            self.drawer = Timeline(bench, ClipGallery(bench, bench.opened.avatar.glb, self))
        link(self, bench.actor.playing_changed, self.clips.rows.show_playing)
        self.clips.rows.show_playing(bench.actor.playing)
        self.follow_draft()

    def _fill(self, facts: AvatarFacts) -> None:
        theme = self.bench.theme
        if self.bench.opened.avatar is None:
            sentence = self.bench.opened.avatar_problem or "Choose the GLB that you exported from Blender."
            choose = button(theme, "Choose a GLB…", self.replace_asked.emit, kind="primary")
            self.body.addWidget(EmptyState(theme, "avatar", "No avatar to show", sentence, choose))
            self.body.addStretch(1)
            return
        if self.bench.opened.matching is not None:
            self.change = ChangeCard(self.bench, self.bench.opened.matching)
            self.body.addWidget(self.change)
        self.body.addWidget(self._file_card(facts))
        self.body.addWidget(self.source)
        # What is about single clips stands under Acting, Health, where it can be mended.
        findings = file_findings(facts.findings)
        if findings:
            title = row([overline("FINDINGS"), None, Pill(theme, str(len(findings)))])
            self.body.addLayout(column([title, FindingList(theme, findings)]))
        title = row([overline("CLIPS"), None, self._count])
        self.body.addLayout(column([title, self.filter, self.clips]))
        self.body.addWidget(self._licence())
        self.body.addStretch(1)

    def _file_card(self, facts: AvatarFacts) -> QFrame:
        draft = self.bench.draft
        name = draft.avatar.glb.name if draft.avatar else ""
        words, tone = MOUTHS[facts.mouth_tier]
        title = QHBoxLayout()
        title.setSpacing(TIGHT)
        title.addWidget(IconLabel(self.bench.theme, "file", "accent_text", 20))
        title.addWidget(ElidedLabel(name, "strong"), 1)
        title.addWidget(Pill(self.bench.theme, words, tone))
        grid = QGridLayout()
        grid.setHorizontalSpacing(ROOM)
        grid.setVerticalSpacing(SNUG)
        for index, (value, noun) in enumerate(fact_words(facts)):
            fact = column([label(value, "fact"), label(noun, "caption")], spacing=0)
            grid.addLayout(fact, index // FACTS_PER_ROW, index % FACTS_PER_ROW)
        return card([title, grid])

    def _licence(self) -> QWidget:
        avatar = self.bench.draft.avatar
        self.licence = LineField("Licence", "Anyone who sees the character can download it: say that this is allowed.")
        self.licence.edit.setPlaceholderText("Our own, CC0, CC BY 4.0, …")
        self.licence.show_text(avatar.licence if avatar else "")
        self.licence.edited.connect(self._set_licence)
        self.licence.left.connect(self.bench.document.settle)
        return self.licence

    def _set_licence(self, text: str) -> None:
        avatar = self.bench.draft.avatar
        if avatar is not None:
            changed = avatar.model_copy(update={"licence": text.strip()})
            after = self.bench.draft.model_copy(update={"avatar": changed})
            self.bench.document.change("Change the licence", after, gesture="avatar.licence")

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show which clip has which role."""
        self._show_clips(draft)
        if self.bench.opened.avatar is not None and draft.avatar is not None and not self.licence.edit.hasFocus():
            self.licence.show_text(draft.avatar.licence)

    def _show_clips(self, draft: ChatbotDraft) -> None:
        rows = clip_rows(self.bench.document.facts, draft)
        wanted = self.filter.text().strip().lower()
        shown = tuple(one for one in rows if wanted in one.name.lower() or wanted in " ".join(one.roles).lower())
        self._count.show_word(f"{len(shown)} of {len(rows)}" if wanted else str(len(rows)), "muted")
        self.clips.show_rows(shown)


def clip_rows(facts: AvatarFacts, draft: ChatbotDraft) -> tuple[ClipRow, ...]:
    """All clips with their roles; those hidden by default come last."""
    roles: dict[str, list[str]] = {}
    for role, entries in draft.acting.roles.items():
        for entry in entries:
            roles.setdefault(entry.clip, []).append(role_title(role))
    settings = draft.acting.clips
    rows = (
        ClipRow(c.name, c.seconds, tuple(roles.get(c.name, ())), c.name in settings and settings[c.name].hidden)
        for c in facts.clips
    )
    return tuple(sorted(rows, key=lambda one: (one.hidden, one.name.lower())))


def fact_words(facts: AvatarFacts) -> list[tuple[str, str]]:
    """Numbers with their nouns, as the card shows them."""
    textures = f"{facts.textures} · {facts.largest_texture} px" if facts.textures else "none"
    return [
        (f"{facts.triangles:,}", "triangles"),
        (str(facts.joints), "joints"),
        (str(len(facts.morph_targets)), "morph targets"),
        (f"{facts.height:.2f} m", "high"),
        (byte_words(facts.bytes), "file"),
        (f"{facts.draw_calls}", "draw calls"),
        (str(len(facts.clips)), "clips"),
        (str(len(facts.materials)), "materials"),
        (textures, "textures"),
    ]


def byte_words(number: int) -> str:
    """A number of bytes as people say it."""
    if number >= 1_000_000:  # a megabyte
        return f"{number / 1_000_000:.1f} MB"
    return f"{max(round(number / 1000), 1 if number else 0)} kB"


class FindingList(QFrame):
    """Findings, the worst first; many are folded away."""

    SHOWN = 4

    def __init__(self, theme: Theme, findings: tuple[Finding, ...]) -> None:
        super().__init__()
        self._theme = theme
        order = {"error": 0, "warning": 1, "note": 2}
        self._findings = sorted(findings, key=lambda finding: order[finding.severity])
        self.setProperty("kind", "card")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(ROOM, SNUG, ROOM, SNUG)
        self._rows.setSpacing(SNUG)
        self._show(self.SHOWN)

    def _show(self, number: int) -> None:
        clear(self._rows)
        for finding in self._findings[:number]:
            self._rows.addLayout(self._line(finding))
        rest = len(self._findings) - number
        if rest > 0:
            more = button(self._theme, f"Show {rest} more", lambda: self._show(len(self._findings)), kind="quiet")
            self._rows.addLayout(row([more, None]))

    def _line(self, finding: Finding) -> QHBoxLayout:
        icon, token = SEVERITY_ICONS[finding.severity]
        made = QHBoxLayout()
        made.setSpacing(SNUG)
        mark = IconLabel(self._theme, icon, token, 16)
        made.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        made.addWidget(label(finding.sentence, wrap=True), 1)
        made.setContentsMargins(0, HAIR // 2, 0, 0)
        return made
