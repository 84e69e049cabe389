"""The picture above the pages: the real widget where the optional web engine is there, else a painted one."""

import io
from collections.abc import Callable
from typing import Any

from PIL.ImageQt import ImageQt
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import QStackedLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.preview.preview import Preview
from studio.rehearsal.poster import POSTER_SIZE, standing_clip
from studio.ui.bench import Bench
from studio.ui.engine import engine_view, has_engine
from studio.ui.panels.look_picture import PAGES, LookPicture
from studio.ui.parts.buttons import Segments, button
from studio.ui.parts.layout import box, column, row
from studio.ui.theme.tokens import SNUG, TIGHT, WIDE

PORTRAIT_DELAY_MILLISECONDS = 60
DEVICES = (("desktop", "", "monitor"), ("phone", "", "smartphone"))
STATES = (("open", "Open", ""), ("shut", "Shut", ""))


class LiveLook(QWidget):
    """Picture, what it shows, and the way into the browser."""

    def __init__(self, bench: Bench, opened: Callable[[str], object] | None = None) -> None:
        super().__init__()
        self._bench = bench
        self._open = opened or (lambda address: QDesktopServices.openUrl(QUrl(address)))
        self.preview = Preview(bench.opened.project, lambda: bench.draft, bench.rehearsal, bench.tasks.spawn)
        bench.tasks.at_close(self.preview.close)
        self.destroyed.connect(self.preview.stop)
        self.picture = LookPicture(bench.theme)
        self.engine: Any = None
        self._portrait = QPixmap()
        self._portrayed: object = None
        self.device = Segments(bench.theme, DEVICES)
        self.state = Segments(bench.theme, STATES)
        self.browse = button(bench.theme, "In browser", self.open_in_browser, kind="quiet", icon="external")
        self.browse.setToolTip("Open the real widget: it answers as in the rehearsal, and follows what you change")
        for key, _word, _icon in DEVICES:
            self.device.button_of(key).setToolTip(f"As on a {key}")
            self.device.button_of(key).setAccessibleName(f"As on a {key}")
        for choice, key in ((self.device, "desktop"), (self.state, "open")):
            choice.chosen.connect(lambda _key: self._show_as())
            choice.show_choice(key)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.picture)
        tools = row([self.device, self.state, None, self.browse], spacing=TIGHT)
        lines = column([self._pages, tools], spacing=TIGHT)
        lines.setContentsMargins(WIDE, SNUG, WIDE, TIGHT)
        self.setLayout(lines)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PORTRAIT_DELAY_MILLISECONDS)
        self._later.timeout.connect(self._portray)

    def entered(self) -> None:
        """The panel came on screen: the avatar is drawn, and the engine started where there is one."""
        self._later.start()
        if self.engine is None and has_engine():
            self._bench.tasks.spawn("Showing the widget", self._show_engine())

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Follow the draft: here, in the engine, and in every browser that looks at it."""
        self.picture.show_draft(draft, self._portrait)
        self.preview.follow()
        if self.isVisible() and self._portrayed != self._seen():
            self._later.start()

    def open_in_browser(self) -> None:
        """Show the page in the system's browser."""
        self._bench.tasks.spawn("Opening the preview", self._browse())

    async def _browse(self) -> None:
        address = await self.preview.start()
        self._open(address + ("closed" if self._is_shut else ""))

    async def _show_engine(self) -> None:
        address = await self.preview.start()
        if self.engine is None:
            self.engine = engine_view()
            self._pages.addWidget(box(row([self.engine])))
            self._pages.setCurrentIndex(1)
        self.engine.load(QUrl(address + ("closed" if self._is_shut else "")))
        self._fit()

    @property
    def _is_shut(self) -> bool:
        return self.state.button_of("shut").isChecked()

    @property
    def _is_phone(self) -> bool:
        return self.device.button_of("phone").isChecked()

    def _show_as(self) -> None:
        self.picture.show_as(phone=self._is_phone, is_open=not self._is_shut)
        if self.engine is not None:
            self._bench.tasks.spawn("Showing the widget", self._show_engine())

    def _fit(self) -> None:
        """As much of the page as it has in the painted picture."""
        page = PAGES["phone" if self._is_phone else "desktop"]
        height = max(self.engine.height(), 1)
        self.engine.setMaximumWidth(round(height * page.width() / page.height()) if self._is_phone else 16_777_215)
        self.engine.setZoomFactor(min(max(height / page.height(), 0.25), 1.0))

    def _seen(self) -> object:
        draft = self._bench.draft
        return draft.look.framing, draft.avatar, standing_clip(draft), draft.acting.front

    def _portray(self) -> None:
        seen = self._seen()
        if seen == self._portrayed:
            return
        draft = self._bench.draft
        drawn = self._bench.canvas.picture(standing_clip(draft), POSTER_SIZE, draft.look.framing)
        if drawn is None:
            return
        self._portrayed = seen
        self._portrait = QPixmap.fromImage(ImageQt(drawn.convert("RGBA")))
        self.picture.show_draft(draft, self._portrait)
        content = io.BytesIO()
        drawn.save(content, "WEBP", quality=88)
        self.preview.show_poster(content.getvalue())
        self.preview.follow()
